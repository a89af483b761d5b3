namespace Dossier.Storage.Audit;

/// <summary>How events name registered models and their versions: <c>NAME</c> and <c>NAME/VERSION</c>; names hold no slash.</summary>
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
}
