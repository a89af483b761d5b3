using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Serving.Models;

namespace Dossier.Vision.Cli.Models;

/// <summary>The model that a command line names.</summary>
internal static class NamedModel
{
    /// <summary>Finds, downloads and opens the model that <see cref="ModelOptions.ModelUri"/> names; a folder needs no server.</summary>
    /// <exception cref="VisionException">It is not a classifier that answers.</exception>
    public static async Task<OpenModel> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(ModelOptions.ModelUri);
        if (Directory.Exists(uri) || !uri.Contains(':', StringComparison.Ordinal))
        {
            return await OpenAsync(uri, null, cancellationToken);
        }

        using var client = TrackingOptions.Connect(parsed);
        return await OpenAsync(uri, client, cancellationToken);
    }

    /// <summary>As <see cref="OpenAsync(ParseResult, CancellationToken)"/>, from a server that is known.</summary>
    public static async Task<OpenModel> OpenAsync(string uri, DossierClient? client, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(TimeProvider.System);
        return await OpenModel.OpenAsync(uri, client, new DownloadProgress(line), cancellationToken);
    }
}
