using System.CommandLine;

namespace Dossier.Vision.Cli.Options;

/// <summary>Which model a command uses.</summary>
internal static class ModelOptions
{
    /// <summary>The option <c>--model-uri</c>.</summary>
    public static Option<string> ModelUri { get; } = new("--model-uri", "-m")
    {
        Description = "The model: models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest, models:/NAME@ALIAS, runs:/RUN_ID/PATH, or a folder with an MLmodel file",
        HelpName = "URI",
        Required = true,
    };
}
