using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.CommandLine.Tests;

/// <summary>What a user sees on standard error. The tests of one class run one after the other, and no other class writes there.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void A_servers_refusal_is_its_message_and_code() =>
        Assert.Equal("dossier: Run with id=1 not found (RESOURCE_DOES_NOT_EXIST)\n", Printed(ProtocolException.NotFound("Run with id=1 not found")));

    [Fact]
    public void An_error_that_a_command_expects_is_its_message_alone()
    {
        Assert.Equal("dossier: no such database\n", Printed(new InvalidOperationException("no such database"), isExpected: true));
        Assert.Equal("dossier: name a server\n", Printed(new UsageException("name a server")));
    }

    [Fact]
    public void An_unexpected_error_says_its_type_and_how_to_see_more()
    {
        var printed = Printed(new InvalidOperationException("broken"));
        Assert.StartsWith("dossier: InvalidOperationException: broken\n", printed, StringComparison.Ordinal);
        Assert.Contains("'--verbose'", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void With_verbose_the_stack_is_shown_and_passwords_are_not()
    {
        var printed = Printed(new InvalidOperationException("postgresql://ann:secret@db/x"), verbose: true);
        Assert.Contains("System.InvalidOperationException", printed, StringComparison.Ordinal);
        Assert.Contains("postgresql://", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_cannot_command_the_terminal() =>
        Assert.DoesNotContain('\u001b', Printed(ProtocolException.NotFound("\u001b[2J gone")));

    [Fact]
    public void A_wrong_command_line_names_the_commands_that_there_are_or_what_is_wrong_and_the_help()
    {
        var port = new Option<int>("--port");
        var root = new Command("dossier") { new Command("list") { new Command("runs") { port }, new Command("models") } };
        Assert.Equal(
            "dossier list: unknown command 'rnus'; use one of runs, models.\nSee 'dossier list --help'.\n",
            Written(() => ErrorPrinter.PrintUsage(root.Parse("list rnus"))));
        var wrong = Written(() => ErrorPrinter.PrintUsage(root.Parse("list runs --port x")));
        Assert.StartsWith("dossier list runs: ", wrong, StringComparison.Ordinal);
        Assert.Contains("'x'", wrong, StringComparison.Ordinal);
        Assert.EndsWith("See 'dossier list runs --help'.\n", wrong, StringComparison.Ordinal);
    }

    private static string Printed(Exception error, bool isExpected = false, bool verbose = false) =>
        Written(() => new ErrorPrinter("dossier", _ => isExpected).Print(error, verbose));

    private static string Written(Action act)
    {
        var standardError = Console.Error;
        using var written = new StringWriter { NewLine = "\n" };
        Console.SetError(written);
        try
        {
            act();
        }
        finally
        {
            Console.SetError(standardError);
        }

        return written.ToString();
    }
}
