namespace Dossier.Vision.Serving.Capture;

/// <summary>What is kept of one picture of a request; a request that was refused before its pictures were found has one row without a picture.</summary>
/// <param name="RequestId">The request, as its answer's header named it.</param>
/// <param name="At">When it came.</param>
/// <param name="ModelName">The model that was to answer.</param>
/// <param name="ModelVersion">Its version, if it has one.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Latency">From its first byte to its answer.</param>
/// <param name="Row">The picture's place in the request, from 0; null where there is no picture.</param>
/// <param name="Sha256">Of the picture's bytes, in hex; null where they were not read.</param>
/// <param name="Picture">The bytes, where they are kept.</param>
/// <param name="Label">The answer; null where there is none.</param>
/// <param name="Score">Its score.</param>
/// <param name="Error">The message of a request that failed.</param>
internal sealed record CaptureRow(
    string RequestId,
    DateTimeOffset At,
    string ModelName,
    string? ModelVersion,
    int Status,
    TimeSpan Latency,
    int? Row,
    string? Sha256,
    byte[]? Picture,
    string? Label,
    double? Score,
    string? Error);
