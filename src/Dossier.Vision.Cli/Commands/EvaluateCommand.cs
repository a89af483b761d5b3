using System.CommandLine;
using System.Text.Json.Nodes;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Vision.Cli.Models;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Cli.Output;
using Dossier.Vision.Jobs;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private const string OtherExperiment = "evaluation";

    private static readonly Option<string?> Experiment = new("--experiment")
    {
        Description = "The experiment, created if it does not exist [default: that of the run that trained the model]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> RunName = new("--run-name") { Description = "The run's name [default: the server finds one]", HelpName = "NAME" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "evaluate",
            "Judges a model on a data set whose labels are known, and records that as a run of its own that names the version: metrics with intervals, figures, worst mistakes",
            "dossier-vision evaluate --model-uri models:/boards/Staging --data new-boards",
            "dossier-vision evaluate --model-uri models:/boards@champion --data VisA/pcb1 --format json")
        {
            ModelOptions.ModelUri, DataOptions.Data, DataOptions.Name, TrackingOptions.TrackingUri, Experiment, RunName, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var uri = parsed.GetRequiredValue(ModelOptions.ModelUri);
        using var model = await NamedModel.OpenAsync(uri, client, cancellationToken);
        var version = model.Target.Version is { } number ? await client.ModelVersions.GetAsync(model.Target.Name, number, cancellationToken) : null;
        EvaluationOutcome outcome;
        using (var line = new ProgressLine(TimeProvider.System))
        {
            var options = new EvaluationJobOptions
            {
                DataPath = parsed.GetRequiredValue(DataOptions.Data),
                DataName = parsed.GetValue(DataOptions.Name),
                ModelUri = uri,
                Version = version,
                Experiment = parsed.GetValue(Experiment) ?? await ExperimentOfAsync(client, version, cancellationToken),
                RunName = parsed.GetValue(RunName),
            };
            outcome = await new EvaluationJob(client, model.Classifier, options).RunAsync(
                new CountProgress(line, TimeProvider.System, "Reading"), new CountProgress(line, TimeProvider.System, "Classifying"), cancellationToken);
            if (outcome.Set.Skipped is [var first, ..])
            {
                line.Say($"Skipped {outcome.Set.Skipped.Count}: {first.Name}: {first.Why}{(outcome.Set.Skipped.Count > 1 ? " …" : "")}");
            }
        }

        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(ToJson(outcome, uri, version).ToJsonString(VisionJson.Pretty));
        }
        else
        {
            Details.Title("evaluation", outcome.RunId);
            Details.Fields(("model", version is null ? uri : $"models:/{version.Name}/{version.Version}"), ("data set", outcome.Set.Name), ("digest", outcome.Set.Digest));
            JudgementText.Print(outcome.Judgement);
            Console.Out.WriteLine();
            Details.Fields(("look", $"dossier get run {outcome.RunId} --tracking-uri {client.Options.Host.AbsoluteUri.TrimEnd('/')}"));
        }

        return ExitCode.Ok;
    }

    private static async Task<string> ExperimentOfAsync(DossierClient client, ModelVersion? version, CancellationToken cancellationToken)
    {
        if (version?.RunId is not { Length: > 0 } runId)
        {
            return OtherExperiment;
        }

        try
        {
            var run = await client.Runs.GetAsync(runId, cancellationToken);
            return (await client.Experiments.GetAsync(run.Info.ExperimentId, cancellationToken)).Name;
        }
        catch (ProtocolException e) when (e.ErrorCode is ErrorCode.ResourceDoesNotExist or ErrorCode.PermissionDenied)
        {
            return OtherExperiment;
        }
    }

    private static JsonObject ToJson(EvaluationOutcome outcome, string uri, ModelVersion? version) => new()
    {
        ["run_id"] = outcome.RunId,
        ["model_uri"] = version is null ? uri : $"models:/{version.Name}/{version.Version}",
        ["data_set"] = outcome.Set.Name,
        ["digest"] = outcome.Set.Digest,
        ["pictures"] = outcome.Set.Pictures.Count,
        ["skipped"] = outcome.Set.Skipped.Count,
        ["metrics"] = new JsonObject(outcome.Judgement.Metrics.Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)new JsonObject
        {
            ["value"] = metric.Value,
            ["ci95_low"] = outcome.Judgement.Intervals[metric.Key].Low,
            ["ci95_high"] = outcome.Judgement.Intervals[metric.Key].High,
        }))),
        ["confusion_matrix"] = new JsonArray([.. outcome.Judgement.Confusion.Select(row => new JsonArray([.. row.Select(count => (JsonNode?)count)]))]),
    };
}
