using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Testing;

namespace Dossier.Protocol.Tests;

public sealed partial class MlModelFileTests
{
    [Fact]
    public void Members_keep_the_files_order_and_strings_their_text() => Assert.Equal(
        """{"z": "x", "utc_time_created": "2023-08-02 08:18:11.144619", "signature": {"inputs": "[{\"name\": \"a\", \"type\": \"double\"}]"}, "a": ["t", null]}""",
        Show(
            """
            z: x
            utc_time_created: 2023-08-02 08:18:11.144619
            signature:
              inputs: '[{"name": "a", "type": "double"}]'
            a: [t, ~]
            """));

    [Theory]
    [InlineData("yes", "true")]
    [InlineData("Off", "false")]
    [InlineData("y", "\"y\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("Null", "null")]
    [InlineData("nUll", "\"nUll\"")]
    [InlineData("12", "12")]
    [InlineData("-1_000", "-1000")]
    [InlineData("+5", "5")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("017", "15")]
    [InlineData("08", "\"08\"")]
    [InlineData("0o17", "\"0o17\"")]
    [InlineData("0x1F", "31")]
    [InlineData("-0b11", "-3")]
    [InlineData("1:30", "90")]
    [InlineData("1:30.5", "90.5")]
    [InlineData("1.50", "1.5")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("1.0e+3", "1000.0")]
    [InlineData("1e5", "\"1e5\"")]
    [InlineData("1.0e3", "\"1.0e3\"")]
    [InlineData("-.inf", "-Infinity")]
    [InlineData(".NaN", "NaN")]
    [InlineData("2.3.1", "\"2.3.1\"")]
    [InlineData("2023-08-02", "\"2023-08-02\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("!!float 12", "12.0")]
    [InlineData("!!int '12'", "12")]
    [InlineData("! 12", "\"12\"")]
    [InlineData("|\n  a\n  b", "\"a\\nb\"")]
    public void Scalars_follow_YAML_1_1_and_timestamps_stay_text(string yaml, string shown) => Assert.Equal($"{{\"v\": {shown}}}", Show($"v: {yaml}"));

    [Fact]
    public void Keys_that_are_no_strings_become_their_JSON_text() =>
        Assert.Equal("""{"1": "a", "true": "b", "null": "c", "1.5": "d"}""", Show("1: a\nyes: b\n~: c\n1.50: d\n"));

    [Fact]
    public void Aliases_are_put_in() => Assert.Equal("""{"a": {"x": [1]}, "b": {"x": [1]}}""", Show("a: &id001\n  x: [1]\nb: *id001\n"));

    [Theory]
    [InlineData("- a\n- b")]
    [InlineData("just text")]
    [InlineData("")]
    [InlineData("a: [1")]
    [InlineData("a: b: c")]
    [InlineData("a: *nobody")]
    [InlineData("a: &x [*x]")]
    [InlineData("a: !!python/object/apply:os.system ['true']")]
    [InlineData("a: !!binary aGk=")]
    [InlineData("a: !!int x")]
    [InlineData("a: 1\n---\nb: 2\n")]
    [InlineData("? [1]\n: 2")]
    public void What_is_no_MLmodel_file_is_refused(string yaml) => Assert.Throws<FormatException>(() => MlModelFile.Parse(yaml));

    [Fact]
    public void Aliases_cannot_blow_a_file_up()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            var alias = $"*a{i - 1}";
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat(alias, 10))}]\n");
        }

        var exception = Assert.Throws<FormatException>(() => MlModelFile.Parse(yaml.ToString()));
        Assert.Contains("values", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_cannot_be_multiplied_by_aliases()
    {
        var yaml = new StringBuilder("a: &a \"").Append('x', 1_000_000).Append("\"\nb: [").AppendJoin(", ", Enumerable.Repeat("*a", 1000)).Append("]\n");
        Assert.Contains("values", Assert.Throws<FormatException>(() => MlModelFile.Parse(yaml.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_cannot_nest_a_file_beyond_its_bound()
    {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 300; i++)
        {
            yaml.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Assert.Contains("deep", Assert.Throws<FormatException>(() => MlModelFile.Parse(yaml.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded() => Assert.Throws<FormatException>(() => MlModelFile.Parse("a: " + new string('[', 5000) + new string(']', 5000)));

    [Fact]
    public async Task No_more_than_the_bound_is_read_of_a_stream()
    {
        await using var endless = new EndlessStream();
        await Assert.ThrowsAsync<FormatException>(() => MlModelFile.ReadAsync(endless, TestContext.Current.CancellationToken));
        Assert.InRange(endless.Delivered, 8 * 1024 * 1024, 10 * 1024 * 1024);
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else() => Gen.OneOf(
        JsonGens.Text,
        JsonGens.Text.Select(text => "a: " + text),
        JsonGens.AnyOf("a", ":", " ", "\n", "-", "[", "]", "{", "}", "&x", "*x", "!!str", "|", ">", "#", "'", "\"", "?", "%", "@", ",", "1", "---", "...").Array[0, 20].Select(string.Concat))
        .Sample(text =>
        {
            try
            {
                var json = JsonWriter.Write(MlModelFile.Parse(text));
                Assert.Equal(json, JsonWriter.Write(JsonReader.Parse(json)));
            }
            catch (FormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }, iter: 3000);

    // The file as JSON on one line.
    private static string Show(string yaml) =>
        Indent().Replace(JsonWriter.Write(MlModelFile.Parse(yaml)).Replace(",\n", ", ", StringComparison.Ordinal), "");

    [GeneratedRegex(@"\n *|(?<=, ) +")]
    private static partial Regex Indent();

    private sealed class EndlessStream : MemoryStream
    {
        public long Delivered { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'a');
            Delivered += buffer.Length;
            return buffer.Length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}
