namespace Dossier.Vision.Data;

/// <summary>The names that data sets have for their parts.</summary>
internal static class PartNames
{
    /// <summary><c>train</c>, <c>validation</c> or <c>test</c>; null for what is none of them.</summary>
    public static string? Normalize(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "train" or "training" => "train",
        "validation" or "val" or "valid" or "dev" or "eval" => "validation",
        "test" or "testing" => "test",
        _ => null,
    };
}
