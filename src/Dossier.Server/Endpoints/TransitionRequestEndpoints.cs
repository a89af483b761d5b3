using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>
/// Moves of versions between stages that others decide about: <c>/mlflow/transition-requests/…</c>, and Databricks' own route for direct moves.
/// </summary>
internal static class TransitionRequestEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<TransitionStage, DatabricksModelVersionAnswer>(
            "databricks/model-versions/transition-stage", new(Need.ModelTransition, m => On.Model(m.Name)), TransitionAsync);
        routes.Post<CreateTransitionRequest, TransitionRequestAnswer>("transition-requests/create", new(Need.ModelRead, m => On.Model(m.Name)), CreateAsync);
        routes.Get("transition-requests/list", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), ListAsync);
        routes.Post<ApproveTransitionRequest, ActivityAnswer>("transition-requests/approve", new(Need.ModelTransition, m => On.Model(m.Name)), ApproveAsync);
        routes.Post<RejectTransitionRequest, ActivityAnswer>("transition-requests/reject", new(Need.ModelTransition, m => On.Model(m.Name)), RejectAsync);
        routes.Delete<DeleteTransitionRequest, ActivityAnswer>(
            "transition-requests/delete",
            new(Need.ModelRead, m => On.Model(m.Name)),
            q => new(q.Text("name"), q.Text("version"), q.Text("stage"), q.Text("creator"), q.Text("comment")),
            CancelAsync);
    }

    private static async Task<DatabricksModelVersionAnswer> TransitionAsync(Call call, TransitionStage message) =>
        new(await call.Services.Review.TransitionReviewedAsync(message, call.Caller, call.Cancel));

    private static async Task<TransitionRequestAnswer> CreateAsync(Call call, CreateTransitionRequest message) =>
        new(await call.Services.Review.CreateRequestAsync(message, call.Caller, call.Cancel));

    private static async Task<TransitionRequestsAnswer> ListAsync(Call call) =>
        new(await call.Services.Review.ListRequestsAsync(call.Query.Text("name"), call.Query.Text("version"), call.Caller, call.Cancel));

    private static async Task<ActivityAnswer> ApproveAsync(Call call, ApproveTransitionRequest message) =>
        new(await call.Services.Review.ApproveAsync(message, call.Caller, call.Cancel));

    private static async Task<ActivityAnswer> RejectAsync(Call call, RejectTransitionRequest message) =>
        new(await call.Services.Review.RejectAsync(message, call.Caller, call.Cancel));

    private static async Task<ActivityAnswer> CancelAsync(Call call, DeleteTransitionRequest message) =>
        new(await call.Services.Review.CancelAsync(message, call.Caller, call.Cancel));
}
