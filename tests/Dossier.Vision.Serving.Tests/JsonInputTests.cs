using System.Text;
using Dossier.Protocol;
using Dossier.Vision.Serving.Input;

namespace Dossier.Vision.Serving.Tests;

public sealed class JsonInputTests
{
    [Theory]
    [InlineData("""{"dataframe_records":[{"data":"AQID"},{"other":[1,{"data":"x"}],"data":"BAUG"}]}""")]
    [InlineData("""{"dataframe_split":{"columns":["data"],"index":[0,1],"data":[["AQID"],["BAUG"]]}}""")]
    [InlineData("""{"dataframe_split":{"data":[[7,"AQID"],[{"a":[]},"BAUG"]],"columns":["id","data"]}}""")]
    [InlineData("""{"inputs":["AQID","BAUG"]}""")]
    [InlineData("""{"inputs":[["AQID"],["BAUG"]]}""")]
    [InlineData("""{"inputs":{"id":[1,2],"data":["AQID","BAUG"]}}""")]
    [InlineData("""{"inputs":{"data":[["AQID"],["BAUG"]]}}""")]
    [InlineData("""{"instances":["AQID",{"data":"BAUG"}]}""")]
    [InlineData("""{"client_request_id":"7","instances":["AQID","BAUG"],"params":{"a":1}}""")]
    [InlineData("\uFEFF { \"params\": null, \"instances\" : [ \"data:image/png;base64,AQID\" , \"BA\\u0055\\n G\" ] } ")]
    public void Every_form_of_the_protocol_holds_the_same_pictures(string json)
    {
        var pictures = JsonInput.Read(Encoding.UTF8.GetBytes(json), most: 2);
        Assert.Equal(["010203", "040506"], pictures.Select(picture => Convert.ToHexString(Base64Text.Decode(picture).Span)));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{\"inputs\":[\"AQID\"]", "not valid JSON")]
    [InlineData("{\"inputs\":[\"AQID\"]} {}", "not valid JSON")]
    [InlineData("{\"\\ud800\":1}", "an unpaired surrogate")]
    [InlineData("[]", "must be a JSON object with exactly one of 'dataframe_records'")]
    [InlineData("{}", "it has nothing")]
    [InlineData("""{"data":[]}""", "it has data")]
    [InlineData("""{"inputs":[],"instances":[]}""", "both 'inputs' and 'instances'")]
    [InlineData("""{"inputs":[],"params":3}""", "'params' must be a JSON object, not a number")]
    [InlineData("""{"inputs":"AQID"}""", "inputs must be a list of pictures or of objects with 'data', not a string")]
    [InlineData("""{"inputs":["AQID",7]}""", "inputs[1] is a number")]
    [InlineData("""{"inputs":[["AQID","AQID"]]}""", "inputs[0] must be a list with one picture")]
    [InlineData("""{"inputs":[[]]}""", "inputs[0][0] is an empty list")]
    [InlineData("""{"inputs":{"image":["AQID"]}}""", "inputs has no 'data'")]
    [InlineData("""{"dataframe_records":["AQID"]}""", "dataframe_records[0] must be an object")]
    [InlineData("""{"dataframe_records":[{"data":"AQID"},{"image":"AQID"}]}""", "dataframe_records[1] has no 'data'")]
    [InlineData("""{"dataframe_records":[{"data":"AQID","data":"AQID"}]}""", "dataframe_records[0] has 'data' twice")]
    [InlineData("""{"dataframe_split":[]}""", "dataframe_split must be an object")]
    [InlineData("""{"dataframe_split":{"columns":["data"]}}""", "dataframe_split has no 'data'")]
    [InlineData("""{"dataframe_split":{"data":[]}}""", "dataframe_split has no 'columns'")]
    [InlineData("""{"dataframe_split":{"columns":["image"],"data":[]}}""", "dataframe_split.columns must have the column 'data' once; it has image")]
    [InlineData("""{"dataframe_split":{"columns":["data"],"data":[["AQID"],["AQID",1]]}}""", "dataframe_split.data[1] has 2 values, and there are 1 columns")]
    [InlineData("""{"dataframe_split":{"columns":["data"],"data":[[null]]}}""", "dataframe_split.data[0][0] is null")]
    public void What_is_wrong_is_named_and_so_is_what_would_be_right(string json, string message)
    {
        var error = Assert.Throws<ProtocolException>(() => JsonInput.Read(Encoding.UTF8.GetBytes(json), most: 9));
        Assert.Equal((ErrorCode.BadRequest, 400), (error.ErrorCode, error.StatusCode));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_pictures_than_are_taken_are_refused_before_they_are_all_read()
    {
        var error = Assert.Throws<ProtocolException>(() => JsonInput.Read("""{"inputs":["AQID","AQID","""u8.ToArray(), most: 1));
        Assert.Equal((413, true), (error.StatusCode, error.Message.Contains("at most 1 are accepted", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("AQI", "not valid Base64")]
    [InlineData("A?ID", "not valid Base64")]
    [InlineData("AÄID", "not valid Base64")]
    [InlineData("\\u00c4QID", "not valid Base64")]
    [InlineData("data:image/png,AQID", "not in Base64")]
    [InlineData("data:image/png;base64", "not in Base64")]
    public void What_is_no_Base64_is_refused(string text, string message)
    {
        var picture = Assert.Single(JsonInput.Read(Encoding.UTF8.GetBytes("{\"inputs\":[\"" + text + "\"]}"), most: 1));
        Assert.Contains(message, Assert.Throws<VisionException>(() => Base64Text.Decode(picture)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_cut_from_or_changed_in_a_request_is_an_error_or_a_request_but_nothing_else()
    {
        var whole = """{"dataframe_split":{"data":[["AQID",1]],"columns":["data","a"]},"params":{"b":[true,null]}}"""u8.ToArray();
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var body = whole[..random.Next(whole.Length + 1)];
            for (var change = random.Next(3); change > 0 && body.Length > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.InRange(JsonInput.Read(body, most: 5).Count, 0, 5);
            }
            catch (ProtocolException error)
            {
                Assert.Equal(400, error.StatusCode);
            }
        }
    }
}
