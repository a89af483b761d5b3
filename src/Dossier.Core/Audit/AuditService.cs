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

    /// <summary>The guard of <see cref="ListAsync"/>.</summary>
    public static Guard<ListAuditEvents> MayList { get; } = Guards.SignedIn<ListAuditEvents>();

    /// <summary>Events in the order of their commits. Administrators see all; others those of an object that they name and manage.</summary>
    public async Task<AuditEventsPage> ListAsync(Granted<ListAuditEvents> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var query = new EventQuery
        {
            Principal = TextRules.Optional(message.Principal, "principal", Limits.Principal),
            ObjectType = TextRules.Optional(message.ObjectType, "object_type", Limits.Key),
            ObjectId = TextRules.Optional(message.ObjectId, "object_id", Limits.Uri),
            Action = TextRules.Optional(message.Action, "action", Limits.Key),
            From = NumberRules.OptionalTime(message.From, "from"),
            To = NumberRules.OptionalTime(message.To, "to"),
            Ascending = IsAscending(message.Order),
            MaxResults = NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage),
            PageToken = PageTokenRules.Check(message.PageToken),
        };
        if (query.ObjectId is null != query.ObjectType is null)
        {
            throw ProtocolException.Missing(query.ObjectId is null ? "object_id" : "object_type");
        }

        if (!caller.IsAdmin)
        {
            await access.RequireAsync(caller, GuardOf(query, caller), PermissionLevel.CanManage, cancellationToken);
        }

        var page = await store.ListAsync(query, cancellationToken);
        return new(page.Items, page.NextPageToken);
    }

    /// <summary>The guard of <see cref="FindInStageAsync"/>.</summary>
    public static Guard<FindVersionsInStage> MayFindInStage { get; } =
        Guards.On<FindVersionsInStage>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>The versions of a registered model that were in a stage at a time (null: now). Of an earlier model of that name only administrators are told.</summary>
    public async Task<StageAnswer> FindInStageAsync(Granted<FindVersionsInStage> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (model, canonical) = (message.Name!, RegistryRules.Stage(message.Stage));
        var time = NumberRules.OptionalTime(message.At, "at") ?? clock.Milliseconds();
        return new(model, canonical, time, await store.FindInStageAsync(model, canonical, time, caller.IsAdmin, cancellationToken) ?? throw ObjectKinds.Model.Of(model).Missing());
    }

    /// <summary>The guard of <see cref="VerifyAsync"/>.</summary>
    public static Guard<VerifyAudit> MayVerify { get; } = Guards.Admin<VerifyAudit>();

    /// <summary>Compares a part of the chain of seals with the events; <see cref="AuditVerification.NextPageToken"/> says where the rest begins.</summary>
    public async Task<AuditVerification> VerifyAsync(Granted<VerifyAudit> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var after = SealNumber(message.PageToken);
        var hash = Hash(message.Head);
        var began = clock.GetTimestamp();
        var result = await store.VerifyAsync(after, SealsAtOnce, hash, cancellationToken);
        while (result.NextPageToken is { } token && clock.GetElapsedTime(began) < PartOfChain)
        {
            result = result.Then(await store.VerifyAsync(SealNumber(token), SealsAtOnce, hash, cancellationToken));
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
