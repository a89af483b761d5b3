using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Tests.Collect;

public sealed class RecordTimeTests
{
    [Theory]
    [InlineData("1690964304680", "2023-08-02 08:18:25")]
    [InlineData("1690964297725", "2023-08-02 08:18:18")]
    [InlineData("1690964304500", "2023-08-02 08:18:24")]
    [InlineData("1690964305500", "2023-08-02 08:18:26")]
    [InlineData("\"1690964304680\"", "2023-08-02 08:18:25")]
    public void Milliseconds_are_rounded_to_the_nearest_second_and_halves_to_the_even_one(string json, string expected) =>
        Assert.Equal(expected, Append(json).TextAt("_t"));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("null")]
    [InlineData("1.5")]
    [InlineData("\"soon\"")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void No_time_gives_no_attribute(string json) => Assert.False(Append(json).Has("_t"));

    private static RecordObject Append(string json)
    {
        var members = new RecordObject { ["t"] = JsonReader.Parse(json) };
        RecordTime.Append(members, "t");
        return members;
    }
}
