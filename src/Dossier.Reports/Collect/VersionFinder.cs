using System.Globalization;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>Which version a URI means.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Number">The version, e.g. <c>7</c>.</param>
public sealed record VersionKey(string Name, string Number);

/// <summary>Finds the version that a <c>models:/</c> URI means: looks up stages, aliases and <c>latest</c>.</summary>
/// <param name="reader">The server.</param>
public sealed class VersionFinder(IRecordReader reader)
{
    // A server that hands out page tokens for ever must not keep us for ever.
    private const int MaxPages = 1000;

    private readonly RecordSource _source = new(reader);

    /// <summary>The version; null when the URI names no registered model. A version that is named by its number is not looked up.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">There is no such model, stage or alias; the message says so.</exception>
    public async Task<VersionKey?> FindAsync(ModelUri uri, CancellationToken cancellationToken) => uri switch
    {
        ModelUri.OfVersion version => new(version.Name, version.Number),
        ModelUri.OfStage stage => new(stage.Name, await InStageAsync(stage, cancellationToken)),
        ModelUri.OfLatest latest => new(latest.Name, await HighestAsync(latest, cancellationToken)),
        ModelUri.OfAlias alias => new(alias.Name, await OfAliasAsync(alias, cancellationToken)),
        _ => null,
    };

    private async Task<string> InStageAsync(ModelUri.OfStage uri, CancellationToken cancellationToken)
    {
        if (_source.InUnityCatalog(uri.Name))
        {
            throw ProtocolException.Invalid($"Unity Catalog has no stages: name a version or an alias, models:/{uri.Name}@ALIAS.");
        }

        var answer = await _source.AskAsync(new RecordQuery.LatestVersions(uri.Name, uri.Stage), cancellationToken);
        return HighestText(answer) ?? throw ProtocolException.NotFound($"Registered model '{uri.Name}' has no version in stage '{uri.Stage}'.");
    }

    private async Task<string> HighestAsync(ModelUri.OfLatest uri, CancellationToken cancellationToken)
    {
        var missing = $"Registered model '{uri.Name}' has no version.";
        if (!_source.InUnityCatalog(uri.Name))
        {
            // Every version is in exactly one stage, so the highest one is among the latest of each.
            var answer = await _source.AskAsync(new RecordQuery.LatestVersions(uri.Name, Stage: null), cancellationToken);
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
            var answer = await _source.AskAsync(new RecordQuery.ModelVersions(uri.Name, pageToken, UnityCatalog: true), cancellationToken);
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
        var query = new RecordQuery.VersionByAlias(uri.Name, uri.Alias, _source.InUnityCatalog(uri.Name));
        var version = await _source.AskAsync(query, "model_version", cancellationToken);
        return PositiveInteger.Of(version["version"])?.ToString(CultureInfo.InvariantCulture)
            ?? throw ProtocolException.NotFound($"Registered model '{uri.Name}' has no alias '{uri.Alias}'.");
    }

    /// <summary>The highest version of an answer, as its digits; servers send them as a string or as a number.</summary>
    private static string? HighestText(JsonObject answer) => Highest(answer)?.ToString(CultureInfo.InvariantCulture);

    private static long? Highest(JsonObject answer) =>
        (answer.ArrayAt("model_versions") ?? []).OfType<JsonObject>().Max(version => PositiveInteger.Of(version["version"]));
}
