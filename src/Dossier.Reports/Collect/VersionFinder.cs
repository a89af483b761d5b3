using System.Globalization;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>A model version that was found.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Number">The version.</param>
/// <param name="Raw">The version as the server tells it.</param>
/// <param name="DownloadUri">Where its files are; null when the server does not tell.</param>
internal sealed record FoundVersion(string Name, string Number, JsonObject Raw, string? DownloadUri);

/// <summary>Finds the version that a <c>models:/</c> URI means.</summary>
/// <param name="source">The server.</param>
internal sealed class VersionFinder(RecordSource source)
{
    // A server that hands out page tokens for ever must not keep us for ever.
    private const int MaxPages = 1000;

    /// <summary>The version; null when the URI names no registered model.</summary>
    /// <exception cref="ProtocolException">There is no such model or version; the message says so.</exception>
    public async Task<FoundVersion?> FindAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        var (name, number) = uri switch
        {
            ModelUri.OfVersion version => (version.Name, version.Number),
            ModelUri.OfStage stage => (stage.Name, await InStageAsync(stage, cancellationToken)),
            ModelUri.OfLatest latest => (latest.Name, await HighestAsync(latest, cancellationToken)),
            ModelUri.OfAlias alias => (alias.Name, await OfAliasAsync(alias, cancellationToken)),
            _ => (null, ""),
        };
        if (name is null)
        {
            return null;
        }

        var unityCatalog = source.InUnityCatalog(name);
        var raw = await source.AskAsync(new RecordQuery.ModelVersion(name, number, unityCatalog), "model_version", cancellationToken);
        return new FoundVersion(name, number, raw, await DownloadUriAsync(name, number, unityCatalog, cancellationToken));
    }

    private async Task<string> InStageAsync(ModelUri.OfStage uri, CancellationToken cancellationToken)
    {
        if (source.InUnityCatalog(uri.Name))
        {
            throw ProtocolException.Invalid($"Unity Catalog has no stages: name a version or an alias, models:/{uri.Name}@ALIAS.");
        }

        var answer = await source.AskAsync(new RecordQuery.LatestVersions(uri.Name, uri.Stage), cancellationToken);
        return HighestText(answer) ?? throw ProtocolException.NotFound($"Registered model '{uri.Name}' has no version in stage '{uri.Stage}'.");
    }

    private async Task<string> HighestAsync(ModelUri.OfLatest uri, CancellationToken cancellationToken)
    {
        var missing = $"Registered model '{uri.Name}' has no version.";
        if (!source.InUnityCatalog(uri.Name))
        {
            // Every version is in exactly one stage, so the highest one is among the latest of each.
            var answer = await source.AskAsync(new RecordQuery.LatestVersions(uri.Name, Stage: null), cancellationToken);
            return HighestText(answer) ?? throw ProtocolException.NotFound(missing);
        }

        if (uri.Name.Contains('\'', StringComparison.Ordinal))
        {
            throw ProtocolException.Invalid($"Invalid registered model name '{uri.Name}': it may not hold a quote.");
        }

        long? highest = null;
        string? pageToken = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await source.AskAsync(new RecordQuery.ModelVersions(uri.Name, pageToken, UnityCatalog: true), cancellationToken);
            highest = new[] { highest, Highest(answer) }.Max();
            pageToken = answer.TextAt("next_page_token");
            if (string.IsNullOrEmpty(pageToken))
            {
                break;
            }
        }

        return highest?.ToString(CultureInfo.InvariantCulture) ?? throw ProtocolException.NotFound(missing);
    }

    private async Task<string> OfAliasAsync(ModelUri.OfAlias uri, CancellationToken cancellationToken)
    {
        var query = new RecordQuery.VersionByAlias(uri.Name, uri.Alias, source.InUnityCatalog(uri.Name));
        var version = await source.AskAsync(query, "model_version", cancellationToken);
        return PositiveInteger.Of(version["version"])?.ToString(CultureInfo.InvariantCulture) ?? throw ProtocolException.NotFound($"Registered model '{uri.Name}' has no alias '{uri.Alias}'.");
    }

    private async Task<string?> DownloadUriAsync(string name, string number, bool unityCatalog, CancellationToken cancellationToken)
    {
        try
        {
            return (await source.AskAsync(new RecordQuery.DownloadUri(name, number, unityCatalog), cancellationToken)).TextAt("artifact_uri");
        }
        catch (ProtocolException)
        {
            // The version is known and reported; only this one row stays empty.
            return null;
        }
    }

    /// <summary>The highest version of an answer, as its digits; servers send them as a string or as a number.</summary>
    private static string? HighestText(JsonObject answer) => Highest(answer)?.ToString(CultureInfo.InvariantCulture);

    private static long? Highest(JsonObject answer) =>
        (answer.ArrayAt("model_versions") ?? []).OfType<JsonObject>().Max(version => PositiveInteger.Of(version["version"]));
}
