using System.Globalization;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Recording;

/// <summary>Registers a logged model and moves it to a stage, by calls that every MLflow server with stages knows.</summary>
internal static class ModelRegistration
{
    /// <summary>Tags of a version that promotions are decided by.</summary>
    public const string MetricTag = "dossier.test.f1";

    /// <inheritdoc cref="MetricTag"/>
    public const string DigestTag = "dossier.test.digest";

    /// <summary>The tag of a version with the threshold chosen on its training's validation pictures, which evaluations measure at.</summary>
    public const string ThresholdTag = "dossier.threshold";

    public static async Task<ModelVersion> RegisterAsync(
        DossierClient client, string runId, string name, string card, RecordedData data, Judgement test, CancellationToken cancellationToken)
    {
        try
        {
            await client.RegisteredModels.CreateAsync(
                new() { Name = name, Description = $"Tells pictures of {ModelCard.Names(data.Splits.Set.Classes)} apart. Trained and registered by Dossier.Vision; each version's description is its model card." },
                cancellationToken);
        }
        catch (ProtocolException exists) when (exists.ErrorCode == ErrorCode.ResourceAlreadyExists)
        {
            // Then the version joins the others.
        }

        return await client.ModelVersions.CreateAsync(
            new()
            {
                Name = name,
                RunId = runId,
                Source = await client.Artifacts.GetUriAsync(new(runId, TrainingRecord.ModelPath), cancellationToken),
                Description = card,
                Tags = [.. Tags(data, test)],
            },
            cancellationToken);
    }

    /// <summary>
    /// Moves a version to a stage if nothing is there, or if its F1 on the test pictures is not worse than that of the version that is there, on the very same
    /// pictures. Where the two were measured on different pictures, or on pictures that leaked, nobody can say, and the version stays where it is.
    /// </summary>
    public static async Task<Promotion> PromoteAsync(DossierClient client, ModelVersion version, string stage, CancellationToken cancellationToken)
    {
        var there = (await client.RegisteredModels.GetLatestVersionsAsync(version.Name, [stage], cancellationToken))
            .FirstOrDefault(one => string.Equals(one.CurrentStage, stage, StringComparison.OrdinalIgnoreCase) && one.Version != version.Version);
        var (promoted, why) = there is null ? (true, $"No version was in {stage}.") : Compare(version, there, stage);
        if (promoted)
        {
            version = await client.ModelVersions.TransitionStageAsync(
                version.Name, version.Version, stage, archiveExisting: stage is ModelStage.Staging or ModelStage.Production, cancellationToken);
        }

        await client.ModelVersions.SetTagAsync(version.Name, version.Version, "dossier.promotion", why, cancellationToken);
        return new(version, promoted, why);
    }

    private static IEnumerable<Tag> Tags(RecordedData data, Judgement test)
    {
        yield return new(MetricTag, FloatText.Format(test.Metrics["f1"]));
        yield return new(DigestTag, data.Test.Digest);
        yield return new("dossier.dataset.name", data.Splits.Set.Name);
        yield return new("dossier.dataset.digest", data.Splits.Set.Digest);
        if (test.Threshold is { } threshold)
        {
            yield return new(ThresholdTag, FloatText.Format(threshold));
            yield return new("dossier.positive", test.Classes[test.Positive].Name);
        }

        if (data.Leakage.Finding is { } finding)
        {
            yield return new(RecordedData.LeakageTag, finding);
        }
    }

    private static (bool Promoted, string Why) Compare(ModelVersion version, ModelVersion there, string stage)
    {
        if (Tag(version, RecordedData.LeakageTag) is not null)
        {
            return (false, $"Version {there.Version} stays in {stage}: pictures leaked between the parts of version {version.Version}'s data, so its F1 is not reliable.");
        }

        if (F1(there) is not { } old || F1(version) is not { } fresh || Tag(there, DigestTag) is not { } digest || digest != Tag(version, DigestTag))
        {
            return (false, $"Version {there.Version} stays in {stage}: it was not evaluated on the test pictures of version {version.Version}, so the two cannot be compared. Evaluate both on the same pictures, or change the stage yourself.");
        }

        var (was, now) = (old.ToString("0.0000", CultureInfo.InvariantCulture), fresh.ToString("0.0000", CultureInfo.InvariantCulture));
        return fresh >= old
            ? (true, $"On the same test pictures its F1 is {now}, not worse than the {was} of version {there.Version}, which was in {stage}.")
            : (false, $"Version {there.Version} stays in {stage}: on the same test pictures its F1 is {was}, that of version {version.Version} only {now}.");
    }

    private static double? F1(ModelVersion version) =>
        double.TryParse(Tag(version, MetricTag), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static string? Tag(ModelVersion version, string key) => version.Tags?.FirstOrDefault(tag => tag.Key == key)?.Value;
}
