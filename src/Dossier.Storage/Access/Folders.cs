using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Finds and makes folders, inside the transactions of what lies in them.</summary>
internal static class Folders
{
    /// <summary>The most levels of folders, the root included.</summary>
    public const int MostLevels = 50;

    // Those who make folders wait for each other at the row that is always there, so that each sees the last id.
    private const string LockRoot = "SELECT id FROM folders WHERE public_id = 0";

    /// <summary>The path with all folders above it, the root first.</summary>
    public static IReadOnlyList<string> WithAbove(string path)
    {
        var above = new List<string> { FolderPath.Root };
        for (var end = path.IndexOf('/', 1); end > 0; end = path.IndexOf('/', end + 1))
        {
            above.Add(path[..end]);
        }

        if (path != FolderPath.Root)
        {
            above.Add(path);
        }

        return above;
    }

    /// <summary>The folder at a path, made with those above that are missing. Who makes one manages it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="path">An absolute path, without a slash at its end.</param>
    /// <param name="change">Who makes it.</param>
    /// <param name="publicId">The id to keep if it is made; null for the next free one.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for too many levels, <c>RESOURCE_ALREADY_EXISTS</c> for an id that another folder has.</exception>
    public static async ValueTask<FolderRow> EnsureAsync(SqlSession session, string path, Change change, long? publicId = null)
    {
        var found = await NearestAsync(session, path);
        if (found.Path != path)
        {
            await session.ExecuteAsync(session.Dialect.ForUpdate(LockRoot));
            found = await NearestAsync(session, path);
        }

        var all = WithAbove(path);
        if (all.Count > MostLevels && found.Path != path)
        {
            throw ProtocolException.Invalid($"The folder '{path}' would be {all.Count} levels deep; at most {MostLevels} are allowed.");
        }

        foreach (var missing in all.SkipWhile(one => one != found.Path).Skip(1))
        {
            found = await MakeAsync(session, missing, found.Id, missing == path ? publicId : null, change);
        }

        return found;
    }

    /// <summary>Makes the home folder of a new user or service principal, which then manages it; harmless if it is there.</summary>
    /// <param name="session">The transaction that adds or renames the principal.</param>
    /// <param name="principalId">The principal's key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">Who adds it.</param>
    public static async ValueTask MakeHomeAsync(SqlSession session, long principalId, string name, Change change)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            throw ProtocolException.Invalid($"The name '{name}' can't have a home folder: a name must not contain '/'.");
        }

        var home = FolderPath.Home(name);
        var folder = await EnsureAsync(session, home, change with { PrincipalId = 0 });
        await Grants.GiveAsync(session, new(ObjectKinds.Folder, folder.Id, FolderKey.Text(folder.PublicId)), principalId, change);
    }

    /// <summary>The folder that an experiment lies in.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="experiment">The experiment's key.</param>
    public static ValueTask<FolderRow> OfExperimentAsync(SqlSession session, long experiment) => session.FirstAsync(
        "SELECT f.id, f.public_id, f.path FROM folders f WHERE f.id = (SELECT e.folder_id FROM experiments e WHERE e.id = $1)", Read, default, experiment);

    private static async ValueTask<FolderRow> MakeAsync(SqlSession session, string path, long parent, long? publicId, Change change)
    {
        if (publicId is { } given && await session.FirstAsync("SELECT 1 FROM folders WHERE public_id = $1", static _ => true, false, given))
        {
            throw ProtocolException.AlreadyExists($"There is a folder with id {given} already.");
        }

        var folder = await session.FirstAsync(
            """
            INSERT INTO folders (public_id, parent_id, path, created_at)
            VALUES (COALESCE($4, (SELECT MAX(f.public_id) + 1 FROM folders f)), $1, $2, $3) RETURNING id, public_id, path
            """,
            Read, default, parent, path, change.At, publicId);
        await session.ExecuteAsync(
            "INSERT INTO folder_ancestors (folder_id, ancestor_id) SELECT $1, a.ancestor_id FROM folder_ancestors a WHERE a.folder_id = $2 UNION ALL SELECT $1, $1",
            folder.Id, parent);
        var id = FolderKey.Text(folder.PublicId);
        await EventWriter.WriteAsync(session, change, EventAction.DirectoryCreate, id, EventDetail.Changes(new FieldChange("path", null, path)));
        await Grants.GiveCreatorAsync(session, new(ObjectKinds.Folder, folder.Id, id), folder.Id, change);
        return folder;
    }

    private static ValueTask<FolderRow> NearestAsync(SqlSession session, string path) => session.FirstAsync(
        $"SELECT f.id, f.public_id, f.path FROM folders f WHERE {session.Dialect.In("f.path", 1)} ORDER BY LENGTH(f.path) DESC LIMIT 1",
        Read, default, SqlValue.List(WithAbove(path)));

    private static FolderRow Read(SqlRow row) => new(row.Integer(0), row.Integer(1), row.Text(2));
}

/// <summary>A folder's row.</summary>
internal readonly record struct FolderRow(long Id, long PublicId, string Path);
