namespace Dossier.Architecture.Tests;

/// <summary>Rules for source files.</summary>
public sealed class SourceTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = RepositoryFiles.In("src")
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => (file, lines: File.ReadLines(RepositoryFiles.Absolute(file)).Count()))
            .Where(source => source.lines > MostLines)
            .Select(source => $"{source.file} has {source.lines} lines: split it by concern.");
        Assert.Empty(tooLong);
    }
}
