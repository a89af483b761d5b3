using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>One point of a metric.</summary>
public sealed record Metric
{
    /// <summary>The metric's key, up to 250 characters.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>The value. Infinities are stored as ±1.7976931348623157e308; NaN stays NaN and is written as <c>"NaN"</c>.</summary>
    [JsonConverter(typeof(MetricValueConverter))]
    public double Value { get; init; }

    /// <summary>When it was measured, in milliseconds since the epoch.</summary>
    public long Timestamp { get; init; }

    /// <summary>The step (x position) of the point; 0 if the client gave none.</summary>
    public long Step { get; init; }

    /// <summary>The logged model that was measured (3.x clients).</summary>
    public string? ModelId { get; init; }

    /// <summary>Name of the dataset it was measured on (3.x clients).</summary>
    public string? DatasetName { get; init; }

    /// <summary>Digest of the dataset it was measured on (3.x clients).</summary>
    public string? DatasetDigest { get; init; }

    /// <summary>The run, where points of several runs stand in one list.</summary>
    public string? RunId { get; init; }
}
