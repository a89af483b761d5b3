using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions explain</c>.</summary>
internal static class ExplainPermissionsCommand
{
    private static readonly Option<PrincipalName?> User = new("--user")
    {
        Description = "A user's name or sp:APPLICATION_ID [default: yourself]",
        HelpName = "NAME",
        CustomParser = static result => result.Tokens[0].Value is var text && PrincipalName.Parse(text) is { Group: null } known ? known : new(User: text),
    };

    private static readonly Option<string?> Level = new("--level")
    {
        Description = "Check for this level; the exit code is then 0 for yes and 1 for no",
        HelpName = "LEVEL",
        CustomParser = static result => GrantArgument.Level(result.Tokens[0].Value),
    };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "explain",
            "Explains a principal's level on an object: the grants, groups and directories that it comes from, or what is missing",
            "dossier permissions explain experiments/12",
            "dossier permissions explain models:/pcb --user ann@example.com",
            "# In a script: can the user log runs there?",
            "dossier permissions explain experiments/12 --user ann@example.com --level CAN_EDIT && echo yes")
        {
            PermissionTarget.Argument, User, Level, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var named = parsed.GetRequiredValue(PermissionTarget.Argument);
        var target = await named.ResolveAsync(client, cancellationToken);
        var who = parsed.GetValue(User);
        var explanation = await client.Permissions.ExplainAsync(target, who?.User, who?.ServicePrincipal, parsed.GetValue(Level), cancellationToken);
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonOutput.Pretty(explanation));
        }
        else
        {
            ExplanationText.Lines(named.Text, explanation, explanation.Allowed is false ? await ManagersAsync(client, target, cancellationToken) : [])
                .ForEach(line => Console.Out.WriteLine(SafeText.OneLine(line)));
        }

        return explanation.Allowed is false ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<IReadOnlyList<string>> ManagersAsync(DossierClient client, string target, CancellationToken cancellationToken) =>
    [
        .. (await client.Permissions.GetAsync(target, cancellationToken)).AccessControlList
            .Where(entry => entry.AllPermissions.Any(level => level.PermissionLevel == "CAN_MANAGE"))
            .Select(entry => PrincipalName.Of(entry).ToString()),
    ];
}
