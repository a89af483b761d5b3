using System.CommandLine;
using System.Diagnostics;
using Dossier.Client;
using Dossier.CommandLine.Options;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Review;

/// <summary>What the commands about review take.</summary>
internal static class ReviewArguments
{
    public static Argument<ModelUri> Version { get; } = ModelUriArgument.OfVersion();

    public static Option<string> Stage { get; } = new("--stage", "-s")
    {
        Description = "The target stage",
        HelpName = string.Join('|', ModelStage.All),
        Required = true,
    };

    public static Option<string?> Comment { get; } = new("--comment", "-m")
    {
        Description = "The reason; it is shown in the version's history",
        HelpName = "TEXT",
    };

    /// <summary>The version that the command line names.</summary>
    public static async Task<VersionKey> FindVersionAsync(DossierClient client, ParseResult parsed, CancellationToken cancellationToken) =>
        await client.Models.FindVersionAsync(parsed.GetRequiredValue(Version), cancellationToken) ?? throw new UnreachableException();
}
