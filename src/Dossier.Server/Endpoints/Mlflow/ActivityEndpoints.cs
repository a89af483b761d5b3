using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>The history of versions, <c>/mlflow/activities/list</c>, and the comments in it, <c>/mlflow/comments/…</c>.</summary>
internal static class ActivityEndpoints
{
    public static void Map(Routes routes)
    {
        var activities = routes.Domain.Activities;
        routes.Get("activities/list", ActivityService.MayList, activities.ListAsync, static page => new ActivitiesPage(page.Items, page.NextPageToken));
        routes.Post("comments/create", ActivityService.MayComment, activities.CommentAsync, static comment => new CommentAnswer(comment));
        routes.Patch("comments/update", ActivityService.MayUpdateComment, activities.UpdateCommentAsync, static comment => new CommentAnswer(comment));
        routes.Delete("comments/delete", ActivityService.MayDeleteComment, activities.DeleteCommentAsync);
    }
}
