using Dossier.Core.Audit;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Workspace;

/// <summary>What happened: <c>/audit/…</c>.</summary>
internal static class AuditEndpoints
{
    public static void Map(Routes routes)
    {
        var audit = routes.Domain.Audit;
        routes.Get("events", AuditService.MayList, audit.ListAsync);
        routes.Get("stage", AuditService.MayFindInStage, audit.FindInStageAsync);
        routes.Get("verify", AuditService.MayVerify, audit.VerifyAsync);
    }
}
