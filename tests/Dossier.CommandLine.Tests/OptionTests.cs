using System.CommandLine;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.CommandLine.Tests;

public sealed class OptionTests
{
    [Theory]
    [InlineData("", 5000)]
    [InlineData("--port 0", 0)]
    [InlineData("-p 65535", 65535)]
    public void A_port_is_a_number_in_range_or_the_default(string line, int port) =>
        Assert.Equal(port, Parsed(NumberOption.Port("Where to listen", 5000), line));

    [Theory]
    [InlineData("--port 65536")]
    [InlineData("--port -1")]
    [InlineData("--port +1")]
    [InlineData("--port 0x10")]
    [InlineData("--port http")]
    public void Another_port_is_refused_with_the_range(string line) =>
        Assert.Contains("from 1 to 65535", Refusal(NumberOption.Port("Where to listen", 5000), line), StringComparison.Ordinal);

    [Theory]
    [InlineData("--limit 0", 0)]
    [InlineData("-n 2147483647", int.MaxValue)]
    public void A_limit_is_a_number_and_zero_means_all(string line, int limit) => Assert.Equal(limit, Parsed(NumberOption.Limit("How many", 50), line));

    [Theory]
    [InlineData("--limit 2147483648")]
    [InlineData("--limit 1.5")]
    [InlineData("--limit many")]
    public void Another_limit_is_refused_with_what_means_all(string line) =>
        Assert.Contains("0 for all", Refusal(NumberOption.Limit("How many", 50), line), StringComparison.Ordinal);

    [Theory]
    [InlineData("--format csv", OutputFormat.Csv)]
    [InlineData("-f json", OutputFormat.Json)]
    public void A_list_is_printed_in_the_format_that_is_named(string line, OutputFormat format) => Assert.Equal(format, Parsed(FormatOption.OfLists, line));

    [Fact]
    public void A_single_object_has_no_rows_for_csv() =>
        Assert.Contains("'csv'", Refusal(FormatOption.OfObjects, "--format csv"), StringComparison.Ordinal);

    [Fact]
    public void A_model_uri_is_read_as_the_protocol_reads_it()
    {
        var uri = ModelUriArgument.Create("A model");
        var parsed = new RootCommand { uri }.Parse("models:/pcb/3");
        Assert.Equal(new ModelUri.OfVersion("models:/pcb/3", "pcb", "3"), parsed.GetValue(uri));
    }

    [Fact]
    public void An_invalid_model_uri_is_a_usage_error_in_the_protocols_words()
    {
        var error = Assert.Single(new RootCommand { ModelUriArgument.Create("A model") }.Parse("models:pcb").Errors);
        var refusal = Assert.Throws<ProtocolException>(() => ModelUri.Parse("models:pcb"));
        Assert.Equal(refusal.Message, error.Message);
    }

    private static T? Parsed<T>(Option<T> option, string line)
    {
        var parsed = new RootCommand { option }.Parse(line);
        Assert.Empty(parsed.Errors);
        return parsed.GetValue(option);
    }

    private static string Refusal(Option option, string line) => new RootCommand { option }.Parse(line).Errors[0].Message;
}
