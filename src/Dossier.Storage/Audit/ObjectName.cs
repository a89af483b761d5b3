using Dossier.Core.Audit;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// How events name registered models and their versions: <c>NAME</c> and <c>NAME/VERSION</c>; names hold no slash.
/// A name may pass from one model to another, so the events of one are found by the model's key.
/// </summary>
internal static class ObjectName
{
    public const string RegisteredModel = "registered_model";
    public const string ModelVersion = "model_version";

    /// <summary>The registered model that an object is or belongs to; null for objects of other types.</summary>
    public static string? ModelOf(string objectType, string objectId) => objectType switch
    {
        RegisteredModel => objectId,
        ModelVersion => objectId[..Math.Max(0, objectId.LastIndexOf('/'))],
        _ => null,
    };

    /// <summary>The number of a model version; null for objects of other types.</summary>
    public static string? VersionOf(string objectType, string objectId) =>
        objectType == ModelVersion ? objectId[(objectId.LastIndexOf('/') + 1)..] : null;

    /// <summary>The key of the model that has this name now, or of the model that had it last; null if no model ever had it.</summary>
    public static async ValueTask<string?> KeyOfModelAsync(SqlSession session, string name) =>
        await session.FirstAsync<string?>("SELECT public_id FROM registered_models WHERE name = $1", static row => row.Text(0), null, name)
        ?? await LastKeyOfModelAsync(session, name, null);

    /// <summary>The key of the model that something last happened to under this name, before a time; null if there was none.</summary>
    public static async ValueTask<string?> LastKeyOfModelAsync(SqlSession session, string name, long? before)
    {
        var query = new EventQuery { ObjectType = RegisteredModel, ObjectId = name, To = before, MaxResults = 1 };
        return (await new EventSearch(session, query, null).RunAsync()).Items is [var last] ? last.ObjectKey : null;
    }
}
