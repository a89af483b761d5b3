using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Entries that were logged in the background and that the server refused or never got. All others of their batches are logged.</summary>
public sealed class RunLoggingException : Exception
{
    private const int MaxNamed = 5;

    internal RunLoggingException(string runId, IReadOnlyList<LoggingFailure> failures, long count)
        : base(Text(runId, failures, count), failures[0].Error)
    {
        RunId = runId;
        Failures = failures;
        Count = count;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>The entries in the order in which they were logged, each with its error; at most 10,000 of <see cref="Count"/>.</summary>
    public IReadOnlyList<LoggingFailure> Failures { get; }

    /// <summary>How many entries are not logged.</summary>
    public long Count { get; }

    private static string Text(string runId, IReadOnlyList<LoggingFailure> failures, long count)
    {
        var named = string.Join("; ", failures.Take(MaxNamed).Select(failure => $"{failure.Entry}: {failure.Error.Message}"));
        return $"{count} entries of run {runId} were not logged. {named}{(count > MaxNamed ? "; …" : "")}";
    }
}

/// <summary>One entry that is not logged.</summary>
/// <param name="Metric">The point, if it was one.</param>
/// <param name="Param">The param, if it was one.</param>
/// <param name="Tag">The tag, if it was one.</param>
/// <param name="Error">Why.</param>
public sealed record LoggingFailure(Metric? Metric, Param? Param, Tag? Tag, ProtocolException Error)
{
    /// <summary>Which entry, e.g. <c>metric 'loss' at step 3</c>; without its value.</summary>
    public string Entry => this switch
    {
        { Metric: { } metric } => $"metric '{metric.Key}' at step {metric.Step}",
        { Param: { } param } => $"param '{param.Key}'",
        _ => $"tag '{Tag?.Key}'",
    };
}
