using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>The history of versions, <c>/mlflow/activities/list</c>, and the comments in it, <c>/mlflow/comments/…</c>.</summary>
internal static class ActivityEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Get("activities/list", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), ListAsync);
        routes.Post<CreateComment, CommentAnswer>("comments/create", new(Need.ModelRead, m => On.Model(m.Name)), CommentAsync);
        routes.Patch<UpdateComment, CommentAnswer>("comments/update", new(Need.ModelRead, m => On.Comment(m.Id)), UpdateCommentAsync);
        routes.Delete<CommentRef>("comments/delete", new(Need.ModelRead, m => On.Comment(m.Id)), q => new(q.Text("id")), DeleteCommentAsync);
    }

    private static async Task<ActivitiesPage> ListAsync(Call call)
    {
        var query = call.Query;
        var page = await call.Services.Activities.ListAsync(
            query.Text("name"), query.Text("version"), query.Integer("max_results"), query.Text("page_token"), call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<CommentAnswer> CommentAsync(Call call, CreateComment message) =>
        new(await call.Services.Activities.CommentAsync(message, call.Caller, call.Cancel));

    private static async Task<CommentAnswer> UpdateCommentAsync(Call call, UpdateComment message) =>
        new(await call.Services.Activities.UpdateCommentAsync(message, call.Caller, call.Cancel));

    private static Task DeleteCommentAsync(Call call, CommentRef message) =>
        call.Services.Activities.DeleteCommentAsync(message, call.Caller, call.Cancel);
}
