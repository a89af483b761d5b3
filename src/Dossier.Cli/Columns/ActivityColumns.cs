using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

/// <summary>The columns of transition requests, comments and the history of versions.</summary>
internal static class ActivityColumns
{
    private static readonly Column<Activity> Id = new("id", activity => activity.Id, ColumnKind.Id);
    private static readonly Column<Activity> When = Column<Activity>.Time("creation_timestamp", activity => activity.CreationTimestamp);
    private static readonly Column<Activity> User = new("user_id", activity => activity.UserId);
    private static readonly Column<Activity> From = new("from_stage", activity => activity.FromStage, ColumnKind.State);
    private static readonly Column<Activity> To = new("to_stage", activity => activity.ToStage, ColumnKind.State);
    private static readonly Column<Activity> Comment = new("comment", activity => activity.Comment);
    private static readonly Column<Activity> Actions = new(
        "available_actions", activity => activity.AvailableActions is { } actions ? string.Join(", ", actions.Select(Short)) : null);

    public static IReadOnlyList<Column<Activity>> OfRequests { get; } = [When, User, From, To, Comment, Actions];

    public static IReadOnlyList<Column<Activity>> OfComments { get; } = [Id, When, User, Comment];

    public static IReadOnlyList<Column<Activity>> OfHistory { get; } =
        [When, User, new("activity_type", activity => activity.ActivityType), From, To, Comment, new("system_comment", activity => activity.SystemComment)];

    // APPROVE_TRANSITION_REQUEST is 'dossier requests approve'.
    private static string Short(string action) => action.Split('_')[0].ToLowerInvariant();
}
