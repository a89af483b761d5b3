using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Entries that are not logged, until somebody is told.</summary>
internal sealed class LoggingFailures(string runId)
{
    private const int MaxKept = 10_000;

    private readonly Lock gate = new();
    private List<LoggingFailure> failures = [];
    private long count;

    public void Add(IEnumerable<RunEntry> entries, ProtocolException error)
    {
        lock (gate)
        {
            foreach (var entry in entries)
            {
                count++;
                if (failures.Count < MaxKept)
                {
                    failures.Add(entry.Failed(error));
                }
            }
        }
    }

    /// <summary>Tells, once, of all that is not logged.</summary>
    /// <exception cref="RunLoggingException">There was something.</exception>
    public void ThrowIfAny()
    {
        lock (gate)
        {
            if (count > 0)
            {
                var told = new RunLoggingException(runId, failures, count);
                failures = [];
                count = 0;
                throw told;
            }
        }
    }
}
