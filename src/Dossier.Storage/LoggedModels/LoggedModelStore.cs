using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.LoggedModels;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Events;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;
using Dossier.Storage.Tracking;

namespace Dossier.Storage.LoggedModels;

/// <inheritdoc cref="ILoggedModelStore"/>
internal sealed class LoggedModelStore(SqlDatabase database) : ILoggedModelStore
{
    private readonly SearchTarget _onAnyDataset = LoggedModelSearch.On([]);

    public Task<LoggedModel> CreateAsync(string modelId, CreateLoggedModel model, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var experiment = await ExperimentKey.ShareActiveAsync(session, model.ExperimentId!);
        var id = await session.FirstAsync(
            """
            INSERT INTO logged_models (public_id, experiment_id, name, artifact_uri, status, model_type, source_run_id, deleted, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8) RETURNING id
            """,
            static row => row.Integer(0),
            0L,
            modelId, experiment.Id, model.Name, ArtifactLayout.OfLoggedModel(experiment.ArtifactLocation, modelId), LoggedModelStatus.Pending,
            model.ModelType ?? "", model.SourceRunId, change.At);
        var (tags, parameters) = (model.Tags ?? [], model.Params ?? []);
        await TagTable.OfLoggedModels.SetAsync(session, id, tags);
        await TagTable.ParamsOfLoggedModels.SetAsync(session, id, AsTags(parameters));
        await EventWriter.WriteAsync(session, change, EventAction.LoggedModelCreate, modelId, EventDetail.Changes(
        [
            new("name", null, model.Name), new("source_run_id", null, model.SourceRunId),
            .. parameters.Select(param => new FieldChange($"params.{param.Key}", null, param.Value)),
            .. TagTable.Added(tags),
        ]));
        return (await LoggedModelReader.FindAsync(session, modelId))!;
    }, cancel);

    public Task<LoggedModel?> GetAsync(string modelId, CancellationToken cancel) =>
        database.ReadAsync(session => LoggedModelReader.FindAsync(session, modelId), cancel);

    public Task<LoggedModel> SetStatusAsync(string modelId, string status, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var model = await LockAsync(session, modelId);
        await session.ExecuteAsync("UPDATE logged_models SET status = $2, updated_at = $3 WHERE id = $1", model.Id, status, change.At);
        await EventWriter.WriteAsync(session, change, EventAction.LoggedModelSetStatus, modelId, EventDetail.Changes(
            new FieldChange("status", model.Status, status)));
        return (await LoggedModelReader.FindAsync(session, modelId))!;
    }, cancel);

    public Task DeleteAsync(string modelId, Change change, CancellationToken cancel) => WriteAsync(modelId, async (session, id) =>
    {
        await session.ExecuteAsync("UPDATE logged_models SET deleted = 1, updated_at = $2 WHERE id = $1", id, change.At);
        await EventWriter.WriteAsync(session, change, EventAction.LoggedModelDelete, modelId, EventDetail.Changes(
            new FieldChange("lifecycle_stage", LifecycleStage.Active, LifecycleStage.Deleted)));
    }, cancel);

    public Task SetTagsAsync(string modelId, IReadOnlyList<Tag> tags, Change change, CancellationToken cancel) => WriteAsync(modelId, async (session, id) =>
    {
        var changes = await TagTable.OfLoggedModels.ChangeAsync(session, id, tags);
        if (changes.Count > 0)
        {
            await EventWriter.WriteAsync(session, change, EventAction.LoggedModelSetTags, modelId, EventDetail.Changes([.. changes]));
        }
    }, cancel);

    public Task DeleteTagAsync(string modelId, string key, Change change, CancellationToken cancel) => WriteAsync(modelId, async (session, id) =>
    {
        var deleted = await TagTable.OfLoggedModels.DeleteAsync(session, id, key) ?? throw LoggedModelErrors.NoTag(modelId, key);
        await EventWriter.WriteAsync(session, change, EventAction.LoggedModelDeleteTag, modelId, EventDetail.Changes(deleted));
    }, cancel);

    public Task LogParamsAsync(string modelId, IReadOnlyList<Param> parameters, Change change, CancellationToken cancel) => WriteAsync(modelId, async (session, id) =>
    {
        var before = (await TagTable.ParamsOfLoggedModels.OfAsync(session, [id]))[id].ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal);
        foreach (var param in parameters)
        {
            if (before.TryGetValue(param.Key, out var value) && value != param.Value)
            {
                throw LoggedModelErrors.ParamChanged(modelId, param.Key, value, param.Value);
            }
        }

        var added = parameters.Where(param => !before.ContainsKey(param.Key)).ToList();
        if (added.Count == 0)
        {
            return;
        }

        await TagTable.ParamsOfLoggedModels.SetAsync(session, id, AsTags(added));
        await EventWriter.WriteAsync(session, change, EventAction.LoggedModelLogParams, modelId, EventDetail.Changes(
            [.. added.Select(param => new FieldChange($"params.{param.Key}", null, param.Value))]));
    }, cancel);

    public Task<Page<LoggedModel>> SearchAsync(
        IReadOnlyList<string> experimentIds, SearchQuery query, IReadOnlyList<DatasetRef> datasets, ReadScope scope, CancellationToken cancel) =>
        database.ReadAsync(async session =>
        {
            var select = new SelectBuilder(session.Dialect);
            select.Conditions.Add(select.In("e.public_id", experimentIds));
            select.Conditions.Add("m.deleted = 0");
            Readable.Experiments(select, scope, "e");
            var page = await PageSearch.RunAsync(
                session, datasets.Count == 0 ? _onAnyDataset : LoggedModelSearch.On(datasets), select, query, LoggedModelRow.Read);
            return new Page<LoggedModel>(await LoggedModelReader.WholeAsync(session, page.Items), page.NextPageToken);
        }, cancel);

    private Task WriteAsync(string modelId, Func<SqlSession, long, ValueTask> write, CancellationToken cancel) =>
        database.WriteAsync(async session => await write(session, (await LockAsync(session, modelId)).Id), cancel);

    private static async ValueTask<(long Id, string Status)> LockAsync(SqlSession session, string modelId)
    {
        var model = await session.FirstAsync(
            session.Dialect.ForUpdate("SELECT id, status FROM logged_models WHERE public_id = $1 AND deleted = 0"),
            static row => (Id: row.Integer(0), Status: row.Text(1)),
            default,
            modelId);
        return model.Id == 0 ? throw LoggedModelErrors.NoModel(modelId) : model;
    }

    private static IReadOnlyList<Tag> AsTags(IReadOnlyList<Param> parameters) => [.. parameters.Select(param => new Tag(param.Key, param.Value))];
}
