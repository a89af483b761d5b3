using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>What waits to be sent: a point, a param or a tag; or somebody who waits until all before is sent.</summary>
internal readonly record struct RunEntry(Metric? Metric = null, Param? Param = null, Tag? Tag = null, TaskCompletionSource? Flushed = null)
{
    public LoggingFailure Failed(ProtocolException error) => new(Metric, Param, Tag, error);
}
