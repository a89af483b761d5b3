namespace Dossier.Core.Audit;

/// <summary>The filter of a list of events; null fields do not filter.</summary>
public sealed record EventQuery
{
    /// <summary>The caller's name.</summary>
    public string? Principal { get; init; }

    /// <summary>What kind of object; goes with <see cref="ObjectId"/>.</summary>
    public string? ObjectType { get; init; }

    /// <summary>
    /// The object. A registered model and its versions are followed through renames: the name is today's, or the last one.
    /// </summary>
    public string? ObjectId { get; init; }

    /// <summary>What was done; ending in a dot, the beginning of it.</summary>
    public string? Action { get; init; }

    /// <summary>Not before, in milliseconds since the epoch.</summary>
    public long? From { get; init; }

    /// <summary>Before, in milliseconds since the epoch.</summary>
    public long? To { get; init; }

    /// <summary>Oldest first instead of newest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>How many at most.</summary>
    public required int MaxResults { get; init; }

    /// <summary>The token of the page before.</summary>
    public string? PageToken { get; init; }
}
