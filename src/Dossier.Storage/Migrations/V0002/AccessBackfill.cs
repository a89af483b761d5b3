using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>
/// The folders that are there from the start, and for what was recorded before there were any: its folder, and where its files lie.
/// Everybody was the local user then, so experiments with plain names are in his home folder.
/// </summary>
internal static class AccessBackfill
{
    public static async ValueTask RunAsync(SqlSession session, MigrationContext context)
    {
        var change = new Change("dossier", context.Now);
        await Folders.EnsureAsync(session, FolderPath.Users, change);
        var shared = await Folders.EnsureAsync(session, FolderPath.Shared, change);
        await Grants.GiveAsync(session, new(ObjectKinds.Folder, shared.Id, FolderKey.Text(shared.PublicId)), BuiltIn.UsersId, change);
        await Folders.MakeHomeAsync(session, BuiltIn.LocalId, BuiltIn.Local, change);

        var folders = new Dictionary<string, long>(StringComparer.Ordinal);
        var experiments = await session.ListAsync(
            "SELECT id, name, artifact_location FROM experiments ORDER BY id", static row => (Id: row.Integer(0), Name: row.Text(1), Location: row.Text(2)));
        foreach (var (id, name, location) in experiments)
        {
            // Names that are too deep for a new experiment may be there; they lie as deep as may be.
            var path = Folders.WithAbove(FolderPath.Of(name, BuiltIn.Local)).Take(Folders.MostLevels).Last();
            if (!folders.TryGetValue(path, out var folder))
            {
                folders.Add(path, folder = (await Folders.EnsureAsync(session, path, change)).Id);
            }

            await session.ExecuteAsync("UPDATE experiments SET folder_id = $2, served_path = $3 WHERE id = $1", id, folder, ServedOrNull(location));
        }

        var versions = await session.ListAsync(
            "SELECT id, download_uri FROM model_versions ORDER BY id", static row => (Id: row.Integer(0), Uri: row.Text(1)));
        foreach (var (id, uri) in versions)
        {
            if (ServedOrNull(uri) is { } path)
            {
                await session.ExecuteAsync("UPDATE model_versions SET served_path = $2 WHERE id = $1", id, path);
            }
        }
    }

    // Such URIs were not looked at when they were stored; those that could leave the root are served to nobody.
    private static string? ServedOrNull(string uri)
    {
        try
        {
            return ServedPath.Of(uri);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }
}
