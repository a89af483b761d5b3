using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>
/// Moves of versions between stages that others decide about: <c>/mlflow/transition-requests/…</c>, and Databricks' own route for direct moves.
/// </summary>
internal static class TransitionRequestEndpoints
{
    public static void Map(Routes routes)
    {
        var review = routes.Domain.Review;
        routes.Post(
            "databricks/model-versions/transition-stage", ReviewService.MayTransition, review.TransitionReviewedAsync,
            static version => new DatabricksModelVersionAnswer(version));
        routes.Post("transition-requests/create", ReviewService.MayCreateRequest, review.CreateRequestAsync, static request => new TransitionRequestAnswer(request));
        routes.Get("transition-requests/list", ReviewService.MayListRequests, review.ListRequestsAsync, static requests => new TransitionRequestsAnswer(requests));
        routes.Post("transition-requests/approve", ReviewService.MayApprove, review.ApproveAsync, static activity => new ActivityAnswer(activity));
        routes.Post("transition-requests/reject", ReviewService.MayReject, review.RejectAsync, static activity => new ActivityAnswer(activity));
        routes.Delete("transition-requests/delete", ReviewService.MayCancel, review.CancelAsync, static activity => new ActivityAnswer(activity));
    }
}
