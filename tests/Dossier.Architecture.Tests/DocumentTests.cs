using System.Text.RegularExpressions;

namespace Dossier.Architecture.Tests;

/// <summary>Rules for the documents that people read first.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Links_between_files_lead_somewhere()
    {
        var broken = RepositoryFiles.EndingWith(".md").Where(file => !RepositoryFiles.IsFixture(file)).SelectMany(file =>
            Link().Matches(File.ReadAllText(RepositoryFiles.Absolute(file)))
                .Select(link => link.Groups["target"].Value)
                .Where(target => !Leads(file, target))
                .Select(target => $"{file} links to {target}, which is not there."));
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("dotnet run --project samples/Pcb")]
    [InlineData("eng/test.sh")]
    public void The_readme_shows_the_two_commands(string command) =>
        Assert.Contains(command, File.ReadAllText(RepositoryFiles.Absolute("README.md")), StringComparison.Ordinal);

    private static bool Leads(string file, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith('#') || target.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return true;
        }

        var (name, anchor) = target.Split('#') is [var left, var right] ? (left, right) : (target, null);
        var path = Path.Combine(RepositoryFiles.Absolute(Path.GetDirectoryName(file)!), name);
        return anchor is not null && path.EndsWith(".md", StringComparison.Ordinal)
            ? File.Exists(path) && Anchors(File.ReadAllText(path)).Contains(anchor)
            : File.Exists(path) || Directory.Exists(path);
    }

    // As GitHub makes them: lower case, without punctuation, hyphens for spaces.
    private static IEnumerable<string> Anchors(string markdown) => Heading().Matches(markdown).Select(heading =>
        string.Concat(heading.Groups["title"].Value.ToLowerInvariant().Where(one => char.IsLetterOrDigit(one) || one is ' ' or '-' or '_')).Replace(' ', '-'));

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
