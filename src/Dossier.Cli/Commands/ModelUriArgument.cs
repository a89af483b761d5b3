using System.CommandLine;

namespace Dossier.Cli.Commands;

/// <summary>The argument that names a model on a server.</summary>
internal static class ModelUriArgument
{
    /// <summary>The argument.</summary>
    public static Argument<string> Create() => new("uri")
    {
        Description = "models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest, models:/NAME@ALIAS, models:/m-ID or runs:/RUN_ID/PATH",
    };
}
