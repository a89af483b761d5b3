using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Audit;

/// <summary>The stream of events, for those who may see it. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where events are.</param>
/// <param name="access">Who may.</param>
/// <param name="clock">The time.</param>
public sealed class AuditService(IAuditStore store, AccessService access, TimeProvider clock)
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    // A part of the chain that is checked in about this time, so that no request takes long and its client can tell how far it is.
    private static readonly TimeSpan PartOfChain = TimeSpan.FromSeconds(1);
    private const int SealsAtOnce = 16;

    /// <summary>Events in the order of their commits. Administrators see all; others those of an object that they name and manage.</summary>
    public async Task<AuditEventsPage> ListAsync(ListAuditEvents filter, Caller caller, CancellationToken cancel)
    {
        var query = new EventQuery
        {
            Principal = TextRules.Optional(filter.Principal, "principal", Limits.Principal),
            ObjectType = TextRules.Optional(filter.ObjectType, "object_type", Limits.Key),
            ObjectId = TextRules.Optional(filter.ObjectId, "object_id", Limits.Uri),
            Action = TextRules.Optional(filter.Action, "action", Limits.Key),
            From = NumberRules.OptionalTime(filter.From, "from"),
            To = NumberRules.OptionalTime(filter.To, "to"),
            Ascending = IsAscending(filter.Order),
            MaxResults = NumberRules.MaxResults(filter.MaxResults, DefaultPage, MaxPage),
            PageToken = PageTokenRules.Check(filter.PageToken),
        };
        if (query.ObjectId is null != query.ObjectType is null)
        {
            throw ProtocolException.Missing(query.ObjectId is null ? "object_id" : "object_type");
        }

        if (!caller.IsAdmin)
        {
            await access.RequireAsync(caller, GuardOf(query, caller), PermissionLevel.CanManage, cancel);
        }

        var page = await store.ListAsync(query, cancel);
        return new(page.Items, page.NextPageToken);
    }

    /// <summary>The versions of a registered model that were in a stage at a time (null: now). Of an earlier model of that name only administrators are told.</summary>
    public async Task<StageAnswer> FindInStageAsync(string? name, string? stage, long? at, Caller caller, CancellationToken cancel)
    {
        var (model, canonical) = (RegistryRules.Name(name), RegistryRules.Stage(stage));
        var time = NumberRules.OptionalTime(at, "at") ?? clock.Milliseconds();
        return new(model, canonical, time, await store.FindInStageAsync(model, canonical, time, caller.IsAdmin, cancel) ?? throw ObjectKinds.Model.Of(model).Missing());
    }

    /// <summary>Compares a part of the chain of seals with the events; <see cref="AuditVerification.NextPageToken"/> says where the rest begins.</summary>
    /// <param name="head">A hash to look for, from an earlier answer.</param>
    /// <param name="pageToken">Where to begin; null for the start.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<AuditVerification> VerifyAsync(string? head, string? pageToken, CancellationToken cancel)
    {
        var after = SealNumber(pageToken);
        var hash = Hash(head);
        var began = clock.GetTimestamp();
        var result = await store.VerifyAsync(after, SealsAtOnce, hash, cancel);
        while (result.NextPageToken is { } token && clock.GetElapsedTime(began) < PartOfChain)
        {
            result = result.Then(await store.VerifyAsync(SealNumber(token), SealsAtOnce, hash, cancel));
        }

        return result;
    }

    private static AccessObject GuardOf(EventQuery query, Caller caller) => (query.ObjectType, query.ObjectId) switch
    {
        ("model_version", { } id) => ObjectKinds.Model.Of(id[..Math.Max(0, id.LastIndexOf('/'))]),
        ({ } type, { } id) when ObjectKinds.All.FirstOrDefault(kind => kind.EventType == type) is { } kind => kind.Of(id),
        _ => throw new ProtocolException(ErrorCode.PermissionDenied,
            $"Only members of the group '{BuiltIn.Admins}' can see all events; {caller.Name} is not a member. Name an object that you manage "
            + "(object_type experiment, run, logged_model, registered_model, model_version or directory, and object_id)."),
    };

    private static bool IsAscending(string? order) => order switch
    {
        null or "" or "desc" => false,
        "asc" => true,
        _ => throw ProtocolException.InvalidValue(TextRules.Excerpt(order), "order", "it must be asc or desc."),
    };

    private static long SealNumber(string? token) => string.IsNullOrEmpty(token)
        ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ProtocolException.InvalidValue(TextRules.Excerpt(token), "page_token", "use the next_page_token of the previous answer unchanged.");

    private static string? Hash(string? head) => string.IsNullOrEmpty(head) || (head.Length == 64 && head.All(char.IsAsciiHexDigit))
        ? head
        : throw ProtocolException.InvalidValue(TextRules.Excerpt(head), "head", "it must be a hash of 64 hex digits, as returned by an earlier verification.");
}
