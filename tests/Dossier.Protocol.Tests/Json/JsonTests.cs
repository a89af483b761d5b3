using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Testing;

namespace Dossier.Protocol.Tests.Json;

public sealed class JsonTests
{
    [Theory]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-123456789012345678901234567890", "-123456789012345678901234567890")]
    [InlineData("1.7913435348529054e+19", "1.7913435348529054e+19")]
    [InlineData("1e-08", "1e-08")]
    [InlineData("1E5", "100000.0")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("NaN", "NaN")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("1e999", "Infinity")]
    [InlineData("{}", "{}")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("[1, [], {\"a\": null}]", "[\n  1,\n  [],\n  {\n    \"a\": null\n  }\n]")]
    [InlineData("\"/<>&'+\\/\"", "\"/<>&'+/\"")]
    [InlineData("\"é\\u007f\\ud83d\\ude00\\ud800\"", "\"\\u00e9\\u007f\\ud83d\\ude00\\ud800\"")]
    [InlineData("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\"", "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\"")]
    public void What_is_read_is_written_in_the_one_form(string read, string written) => Assert.Equal(written, JsonWriter.Write(JsonReader.Parse(read)));

    [Fact]
    public void A_repeated_member_takes_its_last_value_in_its_first_position() =>
        Assert.Equal("{\n  \"a\": 3,\n  \"b\": 2\n}", JsonWriter.Write(JsonReader.Parse("""{"a": 1, "b": 2, "a": 3}""")));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("007")]
    [InlineData("+5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("1_000")]
    [InlineData("True")]
    [InlineData("['a']")]
    [InlineData("[1,]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a: 1}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"open")]
    [InlineData("1 2")]
    [InlineData("-")]
    [InlineData("-NaN")]
    public void What_is_no_JSON_is_refused_with_its_place(string text)
    {
        var exception = Assert.Throws<FormatException>(() => JsonReader.Parse(text));
        Assert.Contains("at character", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_is_bounded_instead_of_exhausting_the_stack()
    {
        Assert.Throws<FormatException>(() => JsonReader.Parse(new string('[', 1_000_000)));
        Assert.Throws<FormatException>(() => JsonReader.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 1_000_000))));
        Assert.IsType<RecordList>(JsonReader.Parse(new string('[', 128) + new string(']', 128)));
    }

    [Fact]
    public void Reading_and_writing_again_gives_the_same_bytes_for_every_document() => JsonGens.Document.Sample(root =>
    {
        var first = JsonWriter.Write(root);
        Assert.Equal(first, JsonWriter.Write(JsonReader.Parse(first)));
        Assert.All(first, c => Assert.True(c is (>= ' ' and <= '~') or '\n'));
    });

    [Fact]
    public void Integers_of_any_size_keep_their_digits() => Gen.Char['0', '9'].Array[1, 60].Select(digits => "1" + new string(digits)).Sample(digits =>
    {
        Assert.Equal(digits, JsonWriter.Write(JsonReader.Parse(digits)));
        Assert.Equal("-" + digits, JsonWriter.Write(JsonReader.Parse("-" + digits)));
    });

    [Fact]
    public void Strings_survive_writing_and_reading() => JsonGens.Text.Sample(text =>
        Assert.Equal(text, Assert.IsType<RecordText>(JsonReader.Parse(JsonWriter.Write(RecordValue.Of(text)))).Value), iter: 3000);

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else() => JsonGens.Text.Sample(text =>
    {
        if (JsonReader.TryParse(text, JsonReader.MaxDepth, out var value))
        {
            Assert.Equal(JsonWriter.Write(value), JsonWriter.Write(JsonReader.Parse(text)));
        }
        else
        {
            Assert.Throws<FormatException>(() => JsonReader.Parse(text));
        }
    });
}
