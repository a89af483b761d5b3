namespace Dossier.Vision.Data;

/// <summary>The order of classes, so that the same data has the same ids everywhere and what is looked for has the higher one.</summary>
internal static class ClassNames
{
    private static readonly string[] Sound = ["normal", "good", "ok"];

    /// <summary>What is sound first, the rest in ordinal order.</summary>
    public static IReadOnlyList<string> Order(IEnumerable<string> labels) =>
        [.. labels.Distinct(StringComparer.Ordinal)
            .OrderBy(label => !Sound.Contains(label, StringComparer.OrdinalIgnoreCase))
            .ThenBy(label => label, StringComparer.Ordinal)];
}
