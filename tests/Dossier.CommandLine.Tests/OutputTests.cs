using CsCheck;
using Dossier.CommandLine.Output;

namespace Dossier.CommandLine.Tests;

public sealed class OutputTests
{
    [Fact]
    public void Csv_reads_back_as_it_was_written()
    {
        // Cells that start like a formula are changed on purpose; the next test is about them.
        var cell = Gen.String[Gen.Char["ab,\"\r\n;é"], 0, 8].Where(text => text.Length == 0 || text[0] != '\r');
        cell.List[1, 5].Sample(cells => cells.SequenceEqual(CsvReading.Record(Csv(cells))));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+1e-05", "+1e-05")]
    public void Csv_cells_that_a_spreadsheet_would_run_become_text(string cell, string written) =>
        Assert.Equal(written + "\r\n", Csv([cell]));

    [Fact]
    public void Tables_fit_any_width_that_leaves_each_column_three_cells()
    {
        var need = Gen.Select(Gen.Int[1, 60], Gen.Int[0, 60], Gen.Enum<ColumnKind>(), (header, content, kind) => new ColumnNeed(header, content, kind));
        Gen.Select(need.List[1, 8], Gen.Int[60, 200]).Sample((needs, available) =>
        {
            var widths = ColumnWidths.Fit(needs, available, gap: 2);
            var wanted = needs.Select(column => Math.Max(column.Header, column.Content)).ToList();
            Assert.InRange(widths.Sum() + (2 * (widths.Length - 1)), 0, available);
            Assert.All(widths.Zip(wanted), pair => Assert.InRange(pair.First, Math.Min(3, pair.Second), pair.Second));
        });
    }

    [Fact]
    public void A_long_text_gives_before_the_name_of_the_column_beside_it_is_cut()
    {
        var widths = ColumnWidths.Fit([new(13, 1, ColumnKind.Id), new(4, 200, ColumnKind.Text), new(16, 16, ColumnKind.Time)], 80, gap: 2);

        Assert.Equal([13, 47, 16], widths);
    }

    [Theory]
    [InlineData("plain é 日本", "plain é 日本")]
    [InlineData("a\nb\tc", "a\\nb\\tc")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("abc\u202Edef", "abc\\u202edef")]
    public void Text_from_a_server_cannot_command_the_terminal(string text, string shown) => Assert.Equal(shown, SafeText.OneLine(text));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(343_271_516, "343.3 MB")]
    [InlineData(999_950, "1.0 MB")]
    public void Sizes_are_short(long bytes, string shown) => Assert.Equal(shown, Human.Size(bytes));

    [Theory]
    [InlineData(0, 340, "340 ms")]
    [InlineData(0, 8604, "8.6 s")]
    [InlineData(0, 2_940_449, "49 m 0 s")]
    [InlineData(0, 7_380_000, "2 h 3 m")]
    [InlineData(0, 273_600_000, "3 d 4 h")]
    public void Durations_are_short(long start, long end, string shown) => Assert.Equal(shown, Human.Duration(start, end));

    private static string Csv(IEnumerable<string> cells)
    {
        using var output = new StringWriter();
        CsvOutput.WriteRecord(output, cells);
        return output.ToString();
    }
}
