using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Entries that were not logged, until the caller has been told.</summary>
internal sealed class LoggingFailures(string runId)
{
    private const int MaxKept = 10_000;

    private readonly Lock _gate = new();
    private List<LoggingFailure> _failures = [];
    private long _count;

    public void Add(IEnumerable<RunEntry> entries, ProtocolException error)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _count++;
                if (_failures.Count < MaxKept)
                {
                    _failures.Add(entry.Failed(error));
                }
            }
        }
    }

    /// <summary>Tells, once, of all that is not logged.</summary>
    /// <exception cref="RunLoggingException">There was something.</exception>
    public void ThrowIfAny()
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                var told = new RunLoggingException(runId, _failures, _count);
                _failures = [];
                _count = 0;
                throw told;
            }
        }
    }
}
