namespace Dossier.Bench.Results;

/// <summary>One figure.</summary>
/// <param name="Scenario">The scenario it belongs to.</param>
/// <param name="What">What was done; the same text for every server, so that two servers' rows pair up.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Median">Median milliseconds of one request, where many were sent.</param>
/// <param name="Percentile99">99th percentile of that.</param>
public sealed record Row(string Scenario, string What, double Value, string Unit, double? Median = null, double? Percentile99 = null);
