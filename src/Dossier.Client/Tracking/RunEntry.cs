using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>An item of the queue: a point, a param or a tag; or a caller who waits until everything before it is sent.</summary>
internal readonly record struct RunEntry(Metric? Metric = null, Param? Param = null, Tag? Tag = null, TaskCompletionSource? Flushed = null)
{
    public LoggingFailure Failed(ProtocolException error) => new(Metric, Param, Tag, error);
}
