using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Dossier.Client.Tests.Docs;

public sealed partial class SdkPageTests
{
    [Fact]
    public void The_pages_code_is_the_code_that_is_tested()
    {
        var here = Path.GetDirectoryName(ThisFile())!;
        var page = File.ReadAllText(Path.Combine(here, "../../../docs/sdk.md"));
        var tested = Regions().Matches(File.ReadAllText(Path.Combine(here, "SnippetTests.cs"))).Select(region => Unindent(region.Groups[1].Value));
        Assert.Equal(tested.Order(StringComparer.Ordinal), Blocks().Matches(page).Select(block => block.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static string Unindent(string code) => string.Concat(code.Split('\n').SkipLast(1).Select(line => (line.Length >= 8 ? line[8..] : line) + "\n"));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("#region .*\n((?s:.*?)) *#endregion")]
    private static partial Regex Regions();

    [GeneratedRegex("```csharp\n((?s:.*?))```")]
    private static partial Regex Blocks();
}
