using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.Protocol;
using Dossier.Reports.Collect;

namespace Dossier.Cli.Commands.Review;

/// <summary>What the commands about review take.</summary>
internal static class ReviewArguments
{
    /// <summary>The version.</summary>
    public static Argument<ModelUri> Version { get; } = ModelUriArgument.Create(
        "models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest or models:/NAME@ALIAS");

    /// <summary>Where to.</summary>
    public static Option<string> Stage { get; } = new("--stage", "-s")
    {
        Description = "The stage that the version is to move to",
        HelpName = string.Join('|', ModelStage.All),
        Required = true,
    };

    /// <summary>Why.</summary>
    public static Option<string?> Comment { get; } = new("--comment", "-m")
    {
        Description = "Why; others see it in the history",
        HelpName = "TEXT",
    };

    /// <summary>The version that the command line names.</summary>
    /// <exception cref="UsageException">It names no registered model.</exception>
    public static async Task<VersionKey> FindVersionAsync(DossierClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(Version);
        return await new VersionFinder(client.Records).FindAsync(uri, cancellationToken)
            ?? throw new UsageException($"'{uri.Text}' names no registered model; a version is models:/NAME/VERSION, …/STAGE, …/latest or models:/NAME@ALIAS.");
    }
}
