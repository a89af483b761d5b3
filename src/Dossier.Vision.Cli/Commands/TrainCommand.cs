using System.CommandLine;
using System.Globalization;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Cli.Output;
using Dossier.Vision.Data;
using Dossier.Vision.Jobs;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision train</c>.</summary>
internal static class TrainCommand
{
    private const string ExperimentVariable = "MLFLOW_EXPERIMENT_NAME";

    private static readonly Option<bool> BalanceClasses = new("--balance-classes") { Description = "Weight rare classes more in the loss, so that all classes count the same in total" };

    private static readonly Option<string?> Experiment = new("--experiment")
    {
        Description = $"The experiment, created if it does not exist [default: ${ExperimentVariable}, or the data set's name]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> RunName = new("--run-name") { Description = "The run's name [default: the server finds one]", HelpName = "NAME" };

    private static readonly Option<string?> Register = new("--register") { Description = "Register the model: the next version of this registered model", HelpName = "NAME" };

    private static readonly Option<string?> Stage = CreateStage();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "train",
            "Trains a vision transformer on a data set, judges it on pictures it never saw, and records all of it: data, arguments, metrics, figures and the model. "
                + "The arguments have the names and meanings of transformers' Trainer",
            "# A small model from nothing, on a CPU",
            "dossier-vision train --data boards --register boards --stage Staging \\",
            "    --hidden-size 96 --layers 4 --heads 3 --image-size 96 --patch-size 12 --initializer-range 0.1 \\",
            "    --learning-rate 1e-3 --weight-decay 0.05 --num-train-epochs 15 --no-augmentation",
            "# Fine-tune a checkpoint that was downloaded from the Hugging Face hub",
            "dossier-vision train --data VisA/pcb1 --base vit-base-patch16-224 --experiment pcb --register pcb --balance-classes",
            "# What a split by row would claim, and the finding that comes with it",
            "dossier-vision train --data pictures.parquet --base vit-base-patch16-224 --split row",
            "# Go on where it was stopped",
            "dossier-vision train --data VisA/pcb1 --base vit-base-patch16-224 --resume-from-checkpoint checkpoints/pcb1-20261101-101500/checkpoint-170")
        {
            DataOptions.Data, DataOptions.Name, DataOptions.Split, DataOptions.ValidationShare, DataOptions.TestShare, DataOptions.Seed,
        };
        foreach (var option in ModelShapeOptions.All.Append(BalanceClasses).Concat(TrainingArgumentOptions.All))
        {
            command.Add(option);
        }

        foreach (var option in (Option[])[TrackingOptions.TrackingUri, Experiment, RunName, Register, Stage])
        {
            command.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Read(parsed);
        using var client = TrackingOptions.Connect(parsed);
        TrainingOutcome outcome;
        using (var line = new ProgressLine(TimeProvider.System))
        {
            outcome = await new TrainingJob(client, options).RunAsync(new JobProgress(line, TimeProvider.System), cancellationToken);
        }

        TrainingSummary.Print(outcome, options, client.Options.Host);
        return ExitCode.Ok;
    }

    private static TrainingJobOptions Read(ParseResult parsed)
    {
        DataOptions.Check(parsed);
        var data = parsed.GetRequiredValue(DataOptions.Data);
        var name = parsed.GetValue(DataOptions.Name) ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));
        var stage = parsed.GetValue(Stage);
        var register = parsed.GetValue(Register);
        if (stage is not null && register is null)
        {
            throw new UsageException("Only a registered model has a stage: add --register NAME, or leave out --stage.");
        }

        var runName = parsed.GetValue(RunName);
        var now = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new()
        {
            DataPath = data,
            Data = new PictureSetOptions { Name = parsed.GetValue(DataOptions.Name) },
            Split = DataOptions.Method(parsed),
            ValidationShare = parsed.GetValue(DataOptions.ValidationShare),
            TestShare = parsed.GetValue(DataOptions.TestShare),
            Base = ModelShapeOptions.Base(parsed),
            NewModel = ModelShapeOptions.NewModel(parsed),
            Training = TrainingArgumentOptions.Read(parsed, parsed.GetValue(DataOptions.Seed), runName, Path.Combine("checkpoints", $"{name}-{now}")),
            BalanceClasses = parsed.GetValue(BalanceClasses),
            Experiment = parsed.GetValue(Experiment) ?? Environment.GetEnvironmentVariable(ExperimentVariable) ?? name,
            RunName = runName,
            Register = register,
            Stage = stage,
        };
    }

    private static Option<string?> CreateStage()
    {
        var stage = new Option<string?>("--stage")
        {
            Description = "Move the version to this stage, if it is not worse than the one that is there",
            HelpName = string.Join('|', ModelStage.Staging, ModelStage.Production),
        };
        stage.AcceptOnlyFromAmong(ModelStage.Staging, ModelStage.Production);
        return stage;
    }
}
