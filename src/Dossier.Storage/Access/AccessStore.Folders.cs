using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Finds and makes folders.</summary>
internal sealed partial class AccessStore
{
    public Task<FolderInfo?> FindFolderAsync(string path, CancellationToken cancel) => database.ReadAsync(
        session => session.FirstAsync<FolderInfo?>("SELECT f.public_id, f.path FROM folders f WHERE f.path = $1", Info, null, path), cancel);

    public Task<FolderInfo> MakeFolderAsync(string path, string? id, Caller caller, long at, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        long? publicId = id is null ? null : FolderKey.TryParse(id, out var known) && known != FolderKey.Root ? known : throw ProtocolException.InvalidValue(
            TextRules.Excerpt(id), "id", "the id of a folder is a whole number from 1 with at most 18 digits.");
        await AccessVersion.LockAsync(session);
        var folder = await Folders.EnsureAsync(session, path, new Change(caller.Name, at, caller.Id), publicId);

        // What is remembered is of the folder above, and who makes a folder may do more in it.
        await version.ChangeAsync(session);
        return new FolderInfo(FolderKey.Text(folder.PublicId), folder.Path);
    }, cancel);

    public Task<IReadOnlyList<FolderInfo>> ListFoldersAsync(string path, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<FolderInfo>>(
        async session => await session.ListAsync(
            "SELECT f.public_id, f.path FROM folders f WHERE f.parent_id = (SELECT p.id FROM folders p WHERE p.path = $1) ORDER BY f.path", Info, path),
        cancel);

    public Task<IReadOnlyList<ExperimentInfo>> ListExperimentsAsync(string path, string? name, ReadScope scope, int max, CancellationToken cancel)
    {
        List<SqlValue> parameters = [path, max];
        var named = name is null ? "" : $" AND {database.Dialect.In("e.name", Add(SqlValue.List([name, FolderPath.Join(path, name)])))}";
        var readable = scope.PrincipalIds is not { } principals ? "" : $" AND {Readable.ExperimentsHeld(database.Dialect, Add(SqlValue.List(principals)), "e")}";
        var sql =
            $"""
            SELECT e.public_id, e.name FROM experiments e
            WHERE e.folder_id = (SELECT f.id FROM folders f WHERE f.path = $1) AND e.deleted = 0{named}{readable} ORDER BY e.name LIMIT $2
            """;
        return database.ReadAsync<IReadOnlyList<ExperimentInfo>>(
            async session => await session.ListAsync(sql, static row => new ExperimentInfo(row.Text(0), row.Text(1)), [.. parameters]), cancel);

        int Add(SqlValue value)
        {
            parameters.Add(value);
            return parameters.Count;
        }
    }

    private static FolderInfo Info(SqlRow row) => new(FolderKey.Text(row.Integer(0)), row.Text(1));
}
