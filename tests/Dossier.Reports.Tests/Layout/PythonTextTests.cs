using System.Globalization;
using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Testing;

namespace Dossier.Reports.Tests.Layout;

public sealed class PythonTextTests
{
    [Theory]
    [InlineData("null", "None")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("-0", "0")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("1E5", "100000.0")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("""["a", 1, null, {"k": [true, 0.5]}]""", "['a', 1, None, {'k': [True, 0.5]}]")]
    [InlineData("[NaN, Infinity]", "[nan, inf]")]
    public void A_value_prints_as_Python_prints_it(string json, string expected) => Assert.Equal(expected, PythonText.Of(JsonReader.Parse(json)));

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"hi\"", "'say \"hi\"'")]
    [InlineData("it's \"so\"", "'it\\'s \"so\"'")]
    [InlineData("a\\b", "'a\\\\b'")]
    [InlineData("\t\n\r", @"'\t\n\r'")]
    [InlineData("\u0000\u007f\u00a0\u00ad", @"'\x00\x7f\xa0\xad'")]
    [InlineData("\u200b\u2028\u2029\u3000", @"'\u200b\u2028\u2029\u3000'")]
    [InlineData("\U000e0001\U0010fffd", @"'\U000e0001\U0010fffd'")]
    [InlineData("é漢😀", "'é漢😀'")]
    public void A_string_inside_a_container_is_a_quoted_literal(string text, string literal) =>
        Assert.Equal($"[{literal}]", PythonText.Of(new RecordList(RecordValue.Of(text))));

    [Fact]
    public void A_lone_surrogate_is_escaped() =>
        Assert.Equal(@"['\udc00\ud800']", PythonText.Of(new RecordList(RecordValue.Of("\udc00\ud800"))));

    [Fact]
    public void A_member_name_is_a_quoted_literal_too() =>
        Assert.Equal("{\"it's\": 1}", PythonText.Of(new RecordObject { ["it's"] = RecordValue.Of(1) }));

    [Fact]
    public void A_literal_can_be_read_back_and_holds_no_line_break() => JsonGens.Text.Sample(text =>
    {
        var literal = PythonText.Of(new RecordList(RecordValue.Of(text)))[1..^1];
        Assert.DoesNotContain(literal, c => c is '\n' or '\r' or '\u2028' or '\u00a0');
        Assert.Equal(text, ReadLiteral(literal));
    }, iter: 3000);

    /// <summary>Reads a Python string literal, written from the language's definition of it.</summary>
    private static string ReadLiteral(string literal)
    {
        Assert.Equal(literal[0], literal[^1]);
        var body = literal[1..^1];
        var read = new System.Text.StringBuilder();
        for (var i = 0; i < body.Length; i++)
        {
            Assert.NotEqual(literal[0], body[i]);
            if (body[i] != '\\')
            {
                read.Append(body[i]);
                continue;
            }

            var kind = body[++i];
            var width = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            var code = width == 0 ? 0 : int.Parse(body.AsSpan(i + 1, width), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            i += width;
            read.Append(kind switch
            {
                't' => "\t",
                'n' => "\n",
                'r' => "\r",
                '\\' or '\'' or '"' => kind.ToString(),
                _ => code > 0xffff ? char.ConvertFromUtf32(code) : ((char)code).ToString(),
            });
        }

        return read.ToString();
    }
}
