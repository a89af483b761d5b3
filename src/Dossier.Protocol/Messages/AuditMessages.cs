using System.Text.Json;

namespace Dossier.Protocol;

/// <summary>Something that happened: a change, a read of an artifact, or a refusal.</summary>
public sealed record AuditEvent
{
    /// <summary>The event's number; not without gaps.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The server's clock, in milliseconds since the epoch.</summary>
    public long Timestamp { get; init; }

    /// <summary>Who did it: a user's name or a service principal's application id.</summary>
    public string Principal { get; init => field = value ?? ""; } = "";

    /// <summary>What was done, e.g. <c>model_version.transition_stage</c>.</summary>
    public string Action { get; init => field = value ?? ""; } = "";

    /// <summary>What kind of object it was done to, e.g. <c>model_version</c>.</summary>
    public string ObjectType { get; init => field = value ?? ""; } = "";

    /// <summary>The object's id, or its name at that time; a model version is <c>NAME/VERSION</c>.</summary>
    public string ObjectId { get; init => field = value ?? ""; } = "";

    /// <summary>What changed: <c>changes</c> with <c>field</c>, <c>from</c> and <c>to</c>, or what was added.</summary>
    public JsonElement Detail { get; init; }
}

/// <summary>GET <c>audit/events</c>: what is null does not narrow the list.</summary>
public sealed record ListAuditEvents
{
    /// <summary>Who did it.</summary>
    public string? Principal { get; init; }

    /// <summary>What kind of object, e.g. <c>run</c> or <c>model_version</c>; goes with <see cref="ObjectId"/>.</summary>
    public string? ObjectType { get; init; }

    /// <summary>The object. A registered model and its versions (<c>NAME/VERSION</c>) are followed through renames.</summary>
    public string? ObjectId { get; init; }

    /// <summary>What was done; ending in a dot, the beginning of it: <c>registered_model.</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Not before, in milliseconds since the epoch.</summary>
    public long? From { get; init; }

    /// <summary>Before, in milliseconds since the epoch.</summary>
    public long? To { get; init; }

    /// <summary><c>desc</c>, the newest first, or <c>asc</c>; null for <c>desc</c>.</summary>
    public string? Order { get; init; }

    /// <summary>The size of a page, 1 to 1,000; null for 100.</summary>
    public long? MaxResults { get; init; }

    /// <summary>The token of the page before.</summary>
    public string? PageToken { get; init; }
}

/// <summary>Answer of <c>audit/events</c>.</summary>
public sealed record AuditEventsPage(IReadOnlyList<AuditEvent>? Events, string? NextPageToken);

/// <summary>GET <c>audit/stage</c>.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Stage">The stage.</param>
/// <param name="At">The time, in milliseconds since the epoch; absent: now.</param>
public sealed record FindVersionsInStage(string? Name, string? Stage, long? At);

/// <summary>GET <c>audit/verify</c>.</summary>
/// <param name="Head">A hash to look for, from an earlier answer.</param>
/// <param name="PageToken">Where to begin; absent: at the start.</param>
public sealed record VerifyAudit(string? Head, string? PageToken);

/// <summary>Answer of <c>audit/stage</c>: the versions of a registered model that were in a stage at a time.</summary>
/// <param name="Name">The registered model, as it was asked for.</param>
/// <param name="Stage">The stage.</param>
/// <param name="At">The time, in milliseconds since the epoch.</param>
/// <param name="Versions">The versions, ascending; empty or absent: none was.</param>
public sealed record StageAnswer(string Name, string Stage, long At, IReadOnlyList<StagedVersion>? Versions);

/// <summary>A version that was in a stage.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Since">When it came there, in milliseconds since the epoch.</param>
/// <param name="Principal">Who brought it there.</param>
/// <param name="EventId">The event that says so.</param>
public sealed record StagedVersion(string Version, long Since, string Principal, string EventId);

/// <summary>Answer of <c>audit/verify</c>: how a part of the chain of seals compares with the events that lie in the database.</summary>
public sealed record AuditVerification
{
    /// <summary>Seals checked by this call.</summary>
    public long Seals { get; init; }

    /// <summary>Sealed events checked by this call.</summary>
    public long Events { get; init; }

    /// <summary>When the last checked seal was set, in milliseconds since the epoch; absent before the first.</summary>
    public long? SealedAt { get; init; }

    /// <summary>The hash of the last checked seal, 64 hex digits: write it down elsewhere to compare with later; absent before the first.</summary>
    public string? Head { get; init; }

    /// <summary>The number of the seal that has the hash that was asked for; absent if none of those checked has it.</summary>
    public long? FoundHead { get; init; }

    /// <summary>Events behind the last seal, which nothing vouches for yet; absent where there are seals left to check.</summary>
    public long? Unsealed { get; init; }

    /// <summary>The first thing that is wrong; absent when nothing is.</summary>
    public AuditProblem? Problem { get; init; }

    /// <summary>Where the next call goes on; absent when this one came to the end or found something wrong.</summary>
    public string? NextPageToken { get; init; }

    /// <summary>This part of the chain and the one that follows it, as one.</summary>
    public AuditVerification Then(AuditVerification next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next with
        {
            Seals = Seals + next.Seals,
            Events = Events + next.Events,
            SealedAt = next.SealedAt ?? SealedAt,
            Head = next.Head ?? Head,
            FoundHead = next.FoundHead ?? FoundHead,
        };
    }
}

/// <summary>The first thing that is wrong in the chain.</summary>
/// <param name="Seal">The number of the seal that does not fit.</param>
/// <param name="Kind"><c>CHANGED</c>, <c>MISSING</c> or <c>INSERTED</c> for an event, <c>SEAL_CHANGED</c> or <c>SEAL_MISSING</c> for the seal itself.</param>
/// <param name="EventId">The event that was changed or inserted, or before which one is missing; absent where no single one can be named.</param>
/// <param name="Message">All of it as a sentence.</param>
public sealed record AuditProblem(long Seal, string Kind, string? EventId, string Message);
