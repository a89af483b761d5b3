using System.Globalization;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Data;
using Dossier.Vision.Inference;
using Dossier.Vision.Judging;
using Dossier.Vision.Recording;

namespace Dossier.Vision.Jobs;

/// <summary>Judges a finished model on a data set, as a run of its own: read → classify → judge → record. The run says which version of which model it is about.</summary>
/// <param name="client">Where the record goes.</param>
/// <param name="classifier">The model.</param>
/// <param name="options">What to do.</param>
public sealed class EvaluationJob(DossierClient client, PictureClassifier classifier, EvaluationJobOptions options)
{
    /// <summary>What metrics and figures of an evaluation begin with.</summary>
    public const string Part = "eval";

    /// <summary>Does it. The run is begun when the judgement is there: what is wrong with the data leaves nothing half logged.</summary>
    /// <param name="reading">Told how many pictures are read.</param>
    /// <param name="classifying">Told how many are classified.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="VisionException">The data cannot be used, or has a class that the model does not know.</exception>
    /// <exception cref="ProtocolException">The server refuses, or cannot be reached.</exception>
    public async Task<EvaluationOutcome> RunAsync(
        IProgress<(int Done, int Total)>? reading = null, IProgress<(int Done, int Total)>? classifying = null, CancellationToken cancellationToken = default)
    {
        var set = await PictureSets.ReadAsync(options.DataPath, new() { Name = options.DataName, Classes = classifier.Classes }, reading, cancellationToken);
        var judgement = Judgement.Of(await PredictAsync(set, classifying, cancellationToken), threshold: classifier.Classes.Count == 2 ? Threshold() : null);

        var runId = "";
        await client.RunAsync(
            options.Experiment,
            run =>
            {
                runId = run.Id;
                return LogAsync(run, set, judgement, cancellationToken);
            },
            options.RunName,
            Tags(set),
            cancellationToken);
        return new(runId, set, judgement);
    }

    private async Task<Predictions> PredictAsync(PictureSet set, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var logits = new float[set.Pictures.Count * classifier.Classes.Count];
        var done = 0;
        var pictures = set.Pictures.ToAsyncEnumerable().Select(picture => new NamedPicture(picture.Name, picture.ReadAsync));
        await foreach (var answer in BatchInference.RunAsync(classifier, pictures, cancellationToken: cancellationToken))
        {
            // It could be read a moment ago.
            var row = answer.Logits ?? throw new VisionException($"{answer.Name} cannot be read any more: {answer.Error}");
            for (var id = 0; id < row.Count; id++)
            {
                logits[(done * row.Count) + id] = row[id];
            }

            progress?.Report((++done, set.Pictures.Count));
        }

        var ids = classifier.Classes.Index().ToDictionary(one => one.Item, one => one.Index);
        return new(classifier.Classes, set.Pictures, [.. set.Pictures.Select(picture => ids[picture.Label])], logits);
    }

    private async Task LogAsync(ActiveRun run, PictureSet set, Judgement judgement, CancellationToken cancellationToken)
    {
        // The whole set is what was held back for the test.
        var dataset = DatasetInputs.Describe(new Splits(set, [], [], set.Pictures, SplitMethod.Given), "test");
        run.LogParam("model_uri", options.ModelUri);
        run.LogParam("data", set.Source);
        await client.Runs.LogInputsAsync(
            new(run.Id, [new() { Dataset = dataset, Tags = [new(WellKnownTags.DataContext, "evaluation")] }], options.Version?.ModelId is { Length: > 0 } id ? [new(id)] : null), cancellationToken);
        await JudgementLog.LogAsync(run, Part, judgement, dataset, cancellationToken: cancellationToken);
        await JudgementLog.LogPicturesAsync(run, Part, judgement, cancellationToken);
        await run.FlushAsync(cancellationToken);
    }

    private IEnumerable<Tag> Tags(PictureSet set)
    {
        yield return new("dossier.evaluation.model_uri", options.Version is { } one ? $"models:/{one.Name}/{one.Version}" : options.ModelUri);
        yield return new("dossier.dataset.name", set.Name);
        yield return new("dossier.dataset.digest", set.Digest);
        if (options.Version is { } version)
        {
            yield return new("dossier.evaluation.model_name", version.Name);
            yield return new("dossier.evaluation.model_version", version.Version);
            if (version.RunId is { Length: > 0 } source)
            {
                yield return new("dossier.evaluation.source_run_id", source);
            }
        }
    }

    // Chosen on the validation pictures of the training, and measured on these.
    private double? Threshold() =>
        double.TryParse(options.Version?.Tags?.FirstOrDefault(tag => tag.Key == ModelRegistration.ThresholdTag)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : null;
}
