using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>What happened: <c>/audit/…</c>.</summary>
internal static class AuditEndpoints
{
    public static void Map(Routes routes)
    {
        // The domain asks for CAN_MANAGE on the object whose events are asked for.
        routes.Get("events", Need.ReadableOnly, ListAsync);
        routes.Get("stage", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), FindInStageAsync);
        routes.Get("verify", Need.Admin, VerifyAsync);
    }

    private static Task<AuditEventsPage> ListAsync(Call call)
    {
        var query = call.Query;
        var filter = new ListAuditEvents
        {
            Principal = query.Text("principal"),
            ObjectType = query.Text("object_type"),
            ObjectId = query.Text("object_id"),
            Action = query.Text("action"),
            From = query.Integer("from"),
            To = query.Integer("to"),
            Order = query.Text("order"),
            MaxResults = query.Integer("max_results"),
            PageToken = query.Text("page_token"),
        };
        return call.Services.Audit.ListAsync(filter, call.Caller, call.Cancel);
    }

    private static Task<StageAnswer> FindInStageAsync(Call call) =>
        call.Services.Audit.FindInStageAsync(call.Query.Text("name"), call.Query.Text("stage"), call.Query.Integer("at"), call.Caller, call.Cancel);

    private static Task<AuditVerification> VerifyAsync(Call call) =>
        call.Services.Audit.VerifyAsync(call.Query.Text("head"), call.Query.Text("page_token"), call.Cancel);
}
