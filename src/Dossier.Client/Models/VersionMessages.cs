using System.Text.Json.Serialization;

namespace Dossier.Client;

/// <summary>What resolving needs to know of a version. Servers send its number as text or as a number.</summary>
internal sealed record FoundVersion
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long Version { get; init; }

    public string? Source { get; init; }

    public string? RunId { get; init; }

    public string? ModelId { get; init; }
}

/// <summary>Answer of <c>model-versions/get</c> and <c>registered-models/alias</c>.</summary>
internal sealed record FoundVersionAnswer(FoundVersion ModelVersion);

/// <summary>Answer of <c>registered-models/get-latest-versions</c> and <c>model-versions/search</c>.</summary>
internal sealed record FoundVersionsAnswer(IReadOnlyList<FoundVersion>? ModelVersions, string? NextPageToken);
