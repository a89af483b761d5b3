namespace Dossier.Reports.Collect;

/// <summary>
/// What an artifact URI reveals about experiment and run, if it is the default place of artifacts:
/// <c>…/EXPERIMENT/RUN/artifacts/…</c> or <c>…/EXPERIMENT/models/MODEL/artifacts/…</c>. It lets the report ask about the experiment before
/// the run's own answer names it. Only a guess: an experiment can have another artifact location.
/// </summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="RunUri">The run's artifact URI; null when the artifacts are a logged model's.</param>
internal sealed record StandardPlace(string ExperimentId, string? RunUri)
{
    private const string Artifacts = "artifacts";

    /// <summary>The place; null when it is not a standard one.</summary>
    /// <param name="uri">An artifact URI.</param>
    /// <param name="runId">The run that made the artifacts.</param>
    /// <param name="modelId">The logged model that they belong to; null for none.</param>
    public static StandardPlace? Of(string? uri, string? runId, string? modelId)
    {
        string[] parts = uri?.Split('/') ?? [];
        for (var i = 2; i < parts.Length; i++)
        {
            if (parts[i] == Artifacts && parts[i - 1] == runId && IsId(parts[i - 2]))
            {
                return new(parts[i - 2], string.Join('/', parts[..(i + 1)]));
            }

            if (i > 2 && parts[i] == Artifacts && parts[i - 1] == modelId && parts[i - 2] == "models" && IsId(parts[i - 3]))
            {
                return new(parts[i - 3], null);
            }
        }

        return null;
    }

    private static bool IsId(string text) => text.Length is > 0 and < 40 && text.All(char.IsAsciiDigit);
}
