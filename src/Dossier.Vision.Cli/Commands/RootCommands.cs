using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Vision.Cli.Commands;

/// <summary>The command <c>dossier-vision</c> and the tree below it.</summary>
internal static class RootCommands
{
    /// <summary>Builds the tree; nothing below it does any work before it is invoked.</summary>
    public static Command Create()
    {
        var root = ProgramCommand.Create(
            "dossier-vision",
            "Trains, judges, registers and serves image classifiers without Python; logs to any MLflow server.",
            "# A server, and boards to try it with",
            "dossier server &",
            "export MLFLOW_TRACKING_URI=http://127.0.0.1:5000",
            "dossier-vision generate boards --boards 3600 --damaged-share 0.4 --size 128",
            "dossier-vision ingest boards",
            "# Train a small model from nothing, record and register it",
            "dossier-vision train --data boards --register boards --stage Staging \\",
            "    --hidden-size 96 --layers 4 --heads 3 --image-size 96 --patch-size 12 --initializer-range 0.1 \\",
            "    --learning-rate 1e-3 --weight-decay 0.05 --num-train-epochs 15 --no-augmentation",
            "# Use it",
            "dossier-vision predict --model-uri models:/boards/Staging boards/Data/Images > predictions.csv",
            "dossier-vision explain --model-uri models:/boards/Staging boards/Data/Images/Anomaly/0001.JPG --output heat.png",
            "dossier-vision serve --model-uri models:/boards/Staging");
        Command[] commands =
        [
            GenerateCommand.Create(),
            IngestCommand.Create(),
            TrainCommand.Create(),
            PredictCommand.Create(),
            ExplainCommand.Create(),
            EvaluateCommand.Create(),
            ServeCommand.Create(),
        ];
        Array.ForEach(commands, root.Add);
        return root;
    }
}
