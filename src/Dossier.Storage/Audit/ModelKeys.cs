using Dossier.Core.Audit;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>Finds the id by which events know a registered model, from a name.</summary>
internal static class ModelKeys
{
    /// <summary>The id of the model that has this name now, else of the one that had it last; null if none ever had.</summary>
    public static async ValueTask<string?> FindAsync(SqlSession session, string name) =>
        await session.FirstAsync<string?>("SELECT public_id FROM registered_models WHERE name = $1", static row => row.Text(0), null, name)
        ?? await LastAsync(session, name, null);

    /// <summary>The id of the model that something last happened to under this name, before a time; null if there was none.</summary>
    public static async ValueTask<string?> LastAsync(SqlSession session, string name, long? before)
    {
        var query = new EventQuery { ObjectType = ObjectName.RegisteredModel, ObjectId = name, To = before, MaxResults = 1 };
        return (await new EventSearch(session, query, null).RunAsync()).Items is [var last] ? last.ObjectKey : null;
    }
}
