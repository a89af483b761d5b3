using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Prompts;
using Dossier.Core.Registry;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Registry;

/// <inheritdoc cref="IRegistryStore"/>
internal sealed partial class RegistryStore(SqlDatabase database, AccessVersion accessVersion) : IRegistryStore
{
    private readonly SearchTarget _models = RegistrySearch.Models();
    private readonly SearchTarget _versions = RegistrySearch.Versions();

    public Task<RegisteredModel?> GetModelAsync(string name, CancellationToken cancel) =>
        database.ReadAsync(session => ModelReader.FindAsync(session, name), cancel);

    public Task<RegisteredModel?> GetModelWithIdAsync(string name, CancellationToken cancel) =>
        database.ReadAsync(session => ModelReader.FindAsync(session, name, withId: true), cancel);

    public Task<Page<RegisteredModel>> SearchModelsAsync(
        SearchQuery query, PromptScope prompts, ReadScope scope, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var select = new SelectBuilder(session.Dialect);
        RegistrySearch.AddPrompts(select, prompts, RegistrySearch.ModelTags);
        Readable.Models(select, scope, "m.id");
        var page = await PageSearch.RunAsync(session, _models, select, query, ModelRow.Read);
        return new Page<RegisteredModel>(await ModelReader.WholeAsync(session, page.Items), page.NextPageToken);
    }, cancel);

    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancel) =>
        database.ReadAsync(async session =>
        {
            var model = await session.FirstAsync("SELECT id FROM registered_models WHERE name = $1", static row => row.Integer(0), 0L, name);
            if (model == 0)
            {
                throw RegistryErrors.NoModel(name);
            }

            var latest = await VersionReader.LatestAsync(session, [model]);
            var order = ModelStage.All.ToList();
            var wanted = latest
                .Where(row => stages is null || stages.Contains(row.Version.CurrentStage))
                .OrderBy(row => order.IndexOf(row.Version.CurrentStage));
            return (IReadOnlyList<ModelVersion>)await VersionReader.WholeAsync(session, [.. wanted]);
        }, cancel);

    public Task<ModelVersion?> GetVersionByAliasAsync(string name, string alias, CancellationToken cancel) => database.ReadAsync(async session =>
        await VersionReader.FindByAliasAsync(session, name, alias) is { } version
            ? version
            : await ModelReader.FindAsync(session, name) is null ? throw RegistryErrors.NoModel(name) : null, cancel);

    public Task<ModelVersion?> GetVersionAsync(string name, int version, CancellationToken cancel) =>
        database.ReadAsync(session => VersionReader.FindAsync(session, name, version), cancel);

    public Task<string?> GetDownloadUriAsync(string name, int version, CancellationToken cancel) => database.ReadAsync(
        session => session.FirstAsync<string?>(
            $"SELECT v.download_uri FROM {VersionRow.From} WHERE m.name = $1 AND v.version = $2", static row => row.Text(0), null, name, (long)version),
        cancel);

    public Task<Page<ModelVersion>> SearchVersionsAsync(
        SearchQuery query, PromptScope prompts, ReadScope scope, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var select = new SelectBuilder(session.Dialect);
        RegistrySearch.AddPrompts(select, prompts, RegistrySearch.VersionTags);
        Readable.Models(select, scope, "v.model_id");
        var page = await PageSearch.RunAsync(session, _versions, select, query, VersionRow.Read);
        return new Page<ModelVersion>(await VersionReader.WholeAsync(session, page.Items), page.NextPageToken);
    }, cancel);

    /// <summary>Writes to one model, which is locked against other transactions.</summary>
    private Task WriteAsync(string name, Func<SqlSession, LockedModel, ValueTask> write, CancellationToken cancel) =>
        database.WriteAsync(async session => await write(session, await LockedModel.TakeAsync(session, name)), cancel);

    /// <summary>Writes to one model and returns the result.</summary>
    private Task<RegisteredModel> ChangeModelAsync(
        string name, string nameAfter, Func<SqlSession, LockedModel, ValueTask> write, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await write(session, await LockedModel.TakeAsync(session, name));
        return (await ModelReader.FindAsync(session, nameAfter))!;
    }, cancel);

    /// <summary>Writes to one version and returns the result.</summary>
    private Task<ModelVersion> ChangeVersionAsync(
        string name, int version, Func<SqlSession, LockedVersion, ValueTask> write, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await write(session, await LockedVersion.TakeAsync(session, name, version));
        return (await VersionReader.FindAsync(session, name, version))!;
    }, cancel);

    private static ValueTask<int> TouchAsync(SqlSession session, long modelId, Change change) =>
        session.ExecuteAsync("UPDATE registered_models SET updated_at = $2 WHERE id = $1", modelId, change.At);
}
