using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Options;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Audit;

/// <summary><c>dossier audit list</c>.</summary>
internal static class AuditListCommand
{
    private const int LargestPage = 1000;

    private static readonly Option<string?> Principal = new("--principal") { Description = "Show only events of this user or service principal", HelpName = "NAME" };

    private static readonly Option<string?> Object = new("--object")
    {
        Description = "Show only events on this object, e.g. run:ID, experiment:ID, registered_model:NAME, model_version:NAME/3, user:NAME; "
            + "renamed models are followed",
        HelpName = "TYPE:ID",
    };

    private static readonly Option<string?> Action = new("--action")
    {
        Description = "Show only this action, e.g. registered_model.delete, or all that start with a prefix that ends in a dot: registered_model.",
        HelpName = "ACTION",
    };

    private static readonly Option<long?> Since = TimeOption.Create("--since", "Not before this time");

    private static readonly Option<long?> Until = TimeOption.Create("--until", "Before this time");

    private static readonly Option<bool> OldestFirst = new("--oldest-first") { Description = "Oldest events first" };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "list",
            "Lists events, newest first. Administrators see all events, others those of an object that they manage and name with --object",
            "dossier audit list --since 2h",
            "dossier audit list --principal ann@example.com --since 2026-11-01 --until 2026-11-02T12:00Z",
            "dossier audit list --object model_version:pcb/3 --oldest-first",
            "# Who read the artifacts of a version",
            "dossier audit list --object model_version:pcb/3 --action artifact.read",
            "# Everything, for your own archive",
            "dossier audit list --oldest-first --limit 0 --format json > events.json")
        {
            Principal, Object, Action, Since, Until, OldestFirst, TrackingOptions.TrackingUri, ListOptions.Limit, FormatOption.OfLists,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var limit = parsed.GetValue(ListOptions.Limit);
        var (type, id) = Split(parsed.GetValue(Object));
        var filter = new ListAuditEvents
        {
            Principal = parsed.GetValue(Principal),
            ObjectType = type,
            ObjectId = id,
            Action = parsed.GetValue(Action),
            From = parsed.GetValue(Since),
            To = parsed.GetValue(Until),
            Order = parsed.GetValue(OldestFirst) ? "asc" : null,
            MaxResults = limit is > 0 and < LargestPage ? limit + 1 : LargestPage,
        };
        using var client = TrackingOptions.Connect(parsed);
        await Listing.WriteAsync(
            client.Audit.ListAsync(filter, cancellationToken), EventColumns.All, new(parsed.GetValue(FormatOption.OfLists), limit, "events"), cancellationToken);
        return ExitCode.Ok;
    }

    private static (string? Type, string? Id) Split(string? target) => target?.Split(':', 2) switch
    {
        null => (null, null),
        [{ Length: > 0 } type, { Length: > 0 } id] => (type, id),
        _ => throw new UsageException("'--object' must be TYPE:ID, e.g. model_version:pcb/3."),
    };
}
