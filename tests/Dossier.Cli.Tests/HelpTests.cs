using System.Text.RegularExpressions;

namespace Dossier.Cli.Tests;

public sealed partial class HelpTests
{
    public static TheoryData<string> Commands =>
    [
        "", "server", "demo", "report", "get", "get run", "get experiment", "get model", "get version", "get mlmodel", "get signature",
        "list", "list experiments", "list runs", "list models", "list versions", "list artifacts",
        "tokens", "tokens list", "tokens create", "tokens delete", "password", "password change", "password reset", "admin", "admin create",
        "audit", "audit list", "audit stage", "audit verify",
        "users", "users list", "users get", "users create", "users delete", "users activate", "users deactivate",
        "groups", "groups list", "groups get", "groups create", "groups delete", "groups add", "groups remove",
        "service-principals", "service-principals list", "service-principals get", "service-principals create", "service-principals delete",
        "webhooks", "webhooks list", "webhooks create", "webhooks update", "webhooks delete", "webhooks test", "webhooks deliveries",
        "permissions", "permissions get", "permissions set", "permissions grant", "permissions revoke", "permissions explain",
        "requests", "requests list", "requests create", "requests approve", "requests reject", "requests cancel",
        "comments", "comments list", "comments add", "comments update", "comments delete", "activities",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_has_help_with_an_example_of_itself(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var help = (await Cli.RunAsync([.. words, "--help"])).Good();

        var examples = help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains(string.Join(' ', ["dossier", .. words]), examples, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", help.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_subcommand_that_help_lists_is_tested_here(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var help = (await Cli.RunAsync([.. words, "--help"])).Good();

        var listed = CommandsSection().Match(help.Output).Groups["lines"].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => string.Join(' ', [.. words, line.Trim().Split(' ')[0]]));
        Assert.All(listed, name => Assert.Contains(name, Commands.Select(row => row.Data)));
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_named_with_those_that_are()
    {
        var ended = (await Cli.RunAsync("list", "rnus")).Failed(2);

        Assert.Contains("'rnus'; use one of experiments, runs,", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var version = (await Cli.RunAsync("--version")).Good();

        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", version.Output);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("get")]
    [InlineData("list wrong")]
    [InlineData("server --port 65536")]
    [InlineData("report")]
    [InlineData("list runs --limit many")]
    [InlineData("list runs --limit -1")]
    [InlineData("list runs --format xml")]
    [InlineData("permissions get pcb")]
    [InlineData("permissions get models:/pcb/1")]
    [InlineData("permissions get directory:Shared")]
    [InlineData("permissions grant experiments/0 ann=CAN_EDIT")]
    [InlineData("permissions grant experiments/0 user:ann")]
    [InlineData("permissions grant experiments/0")]
    [InlineData("permissions revoke experiments/0 data")]
    [InlineData("report data:x.json --section-order upside-down")]
    public async Task A_wrong_command_line_is_told_in_a_few_lines_and_ends_with_2(string commandLine)
    {
        var ended = (await Cli.RunAsync(commandLine.Split(' '))).Failed(2);

        Assert.Empty(ended.Output);
        Assert.InRange(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 3);
        Assert.Contains("--help", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list", "experiments, runs, models, versions, artifacts")]
    [InlineData("permissions", "get, set, grant, revoke, explain")]
    [InlineData("get", "run, experiment, model, version, mlmodel, signature")]
    public async Task A_group_of_commands_names_its_commands(string group, string commands)
    {
        var ended = (await Cli.RunAsync(group)).Failed(2);

        Assert.Contains(commands, ended.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Commands:\n(?<lines>(  .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex CommandsSection();
}
