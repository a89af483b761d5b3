using Dossier.Protocol.Json;
using Dossier.Protocol.Yaml;

namespace Dossier.Vision.Tests.Recording;

/// <summary>What is written as YAML is read back as it was.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("No")]
    [InlineData("1.5")]
    [InlineData("1e5")]
    [InlineData("0x10")]
    [InlineData("12:30")]
    [InlineData("2023-08-02 08:18:11.144619")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("[{\"type\": \"string\", \"name\": \"data\"}]")]
    [InlineData("a: b # c")]
    [InlineData("it's \"quoted\" \\ so")]
    [InlineData("two\nlines\tand a tab \u0007")]
    [InlineData("- -r requirements.txt")]
    [InlineData("&anchor *alias !tag %")]
    [InlineData("/tmp/run 1/checkpoint-24")]
    [InlineData("plain/text.txt")]
    [InlineData("Füße 板 😀")]
    [InlineData(" spaces ")]
    public void Any_text_survives_as_value_and_as_key(string text)
    {
        var written = YamlWriter.Write(new RecordObject { ["a"] = new RecordList(new RecordText(text)), [text] = new RecordText(text) });
        var read = (RecordObject)YamlReader.Parse(written);
        Assert.Equal(text, ((RecordText)read.ArrayAt("a")![0]).Value);
        Assert.Equal(text, read.TextAt(text));
    }

    [Fact]
    public void Other_values_survive_too() => Assert.Equal(
        """{"n":null,"t":true,"i":12,"f":0.5,"o":{},"l":[],"d":{"x":[1,{"y":2}]}}""",
        YamlReader.Parse(YamlWriter.Write(JsonReader.Parse("""{"n":null,"t":true,"i":12,"f":0.5,"o":{},"l":[],"d":{"x":[1,{"y":2}]}}"""))).ToString()
            .Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
}
