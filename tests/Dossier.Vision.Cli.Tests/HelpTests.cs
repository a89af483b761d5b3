using System.Text.RegularExpressions;

namespace Dossier.Vision.Cli.Tests;

public sealed partial class HelpTests
{
    public static TheoryData<string> Commands => ["", "generate", "ingest", "train", "predict", "explain", "evaluate", "serve"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_has_help_with_an_example_of_itself(string command)
    {
        var help = (await VisionCommand.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Good();

        var examples = help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"dossier-vision {command}".TrimEnd(), examples, StringComparison.Ordinal);
        Assert.Empty(help.Errors);
    }

    [Fact]
    public async Task Each_command_that_help_lists_is_tested_here()
    {
        var help = (await VisionCommand.RunAsync("--help")).Good();

        var listed = CommandsSection().Match(help.Output).Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')[0]);
        Assert.Equal(Commands.Select(row => row.Data).Where(name => name.Length > 0), listed);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("generate")]
    [InlineData("generate boards --boards many")]
    [InlineData("ingest")]
    [InlineData("ingest boards --split upside-down")]
    [InlineData("ingest boards --test-share 1.5")]
    [InlineData("train")]
    [InlineData("train --data boards --tracking-uri http://127.0.0.1:1 --learning-rate -1")]
    [InlineData("train --data boards --tracking-uri http://127.0.0.1:1 --hidden-size 100 --heads 3")]
    [InlineData("train --data boards --tracking-uri http://127.0.0.1:1 --base vit --layers 3")]
    [InlineData("train --data boards --tracking-uri http://127.0.0.1:1 --stage Staging")]
    [InlineData("train --data boards --lr-scheduler-type steep")]
    [InlineData("train --data boards")]
    [InlineData("predict --model-uri models:/pcb/1 boards --output predictions.xls")]
    [InlineData("explain --model-uri models:/pcb/1 board.jpg --output heat.gif")]
    [InlineData("explain --model-uri models:/pcb/1 board.jpg")]
    [InlineData("evaluate --model-uri models:/pcb/1")]
    public async Task A_wrong_command_line_is_told_in_a_few_lines_and_ends_with_2(string commandLine)
    {
        var ended = (await VisionCommand.RunAsync(commandLine.Split(' '))).Failed(2);

        Assert.Empty(ended.Output);
        Assert.InRange(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 3);
    }

    [GeneratedRegex(@"^Commands:\n(?<lines>(  .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex CommandsSection();
}
