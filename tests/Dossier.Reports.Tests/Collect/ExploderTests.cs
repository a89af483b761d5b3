using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Testing;

namespace Dossier.Reports.Tests.Collect;

public sealed class ExploderTests
{
    [Theory]
    [InlineData("0.9", "0.9")]
    [InlineData("1.50", "1.5")]
    [InlineData("1E5", "100000.0")]
    [InlineData(" 5\n", "5")]
    [InlineData("true", "True")]
    [InlineData("null", "None")]
    [InlineData("[]", "[]")]
    [InlineData("NaN", "nan")]
    [InlineData("\"quoted\"", "quoted")]
    [InlineData("False", "False")]
    [InlineData("None", "None")]
    [InlineData("007", "007")]
    [InlineData("+5", "+5")]
    [InlineData(".5", ".5")]
    [InlineData("1_000", "1_000")]
    [InlineData("['a']", "['a']")]
    [InlineData("", "")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    public void A_string_member_that_is_JSON_becomes_its_value(string text, string shown)
    {
        var exploded = Exploder.Explode(new RecordObject { ["m"] = RecordValue.Of(text), ["inner"] = new RecordList(new RecordObject { ["m"] = RecordValue.Of(text) }) });

        Assert.Equal(shown, PythonText.Of(exploded["m"]!));
        Assert.Equal(PythonText.Of(new RecordList(exploded["m"]!)), PythonText.Of(new RecordList(((RecordObject)exploded.ArrayAt("inner")![0])["m"]!)));
    }

    [Fact]
    public void Containers_are_exploded_again_and_elements_of_lists_stay_text() => Assert.Equal(
        "{'a': {'b': 1, 'c': ['2', {'d': 3}]}}",
        Explode("""{"a": "{\"b\": \"1\", \"c\": [\"2\", {\"d\": \"3\"}]}"}"""));

    [Theory]
    [InlineData("""{"run_id": "123", "experiment_id": "12e34", "name": "null"}""")]
    [InlineData("""{"tags": [{"key": "mlflow.source.git.commit", "value": "12e34"}, {"key": "mlflow.parentRunId", "value": "7"}]}""")]
    [InlineData("""{"params": [{"key": "1e5", "value": "x"}]}""")]
    public void Known_identifiers_and_keys_stay_text(string json) => Assert.Equal(PythonText.Of(JsonReader.Parse(json)), Explode(json));

    [Fact]
    public void The_Spark_tag_is_split_into_sources_and_its_values_stay_text() => Assert.Equal(
        "{'tags': [{'key': 'sparkDatasourceInfo', 'value': [{'path': 's3://b/x=1,y', 'version': '43', 'format': 'delta'}, {'path': 'p'}]}]}",
        Explode("""{"tags": [{"key": "sparkDatasourceInfo", "value": "path=s3://b/x=1,y,version=43,format=delta\npath=p\n"}]}"""));

    [Fact]
    public void Exploding_changes_no_input_and_its_result_can_be_stored() => JsonGens.Document.Sample(root =>
    {
        var before = JsonWriter.Write(root);
        var exploded = Exploder.Explode(root);
        Assert.Equal(before, JsonWriter.Write(root));
        Assert.Equal(JsonWriter.Write(exploded), JsonWriter.Write(JsonReader.Parse(JsonWriter.Write(exploded))));
    });

    [Fact]
    public void A_string_that_would_nest_too_deeply_stays_text()
    {
        var text = new string('[', 110) + new string(']', 110);
        var exploded = Exploder.Explode((RecordObject)JsonReader.Parse("{\"a\": {\"b\": {\"c\": {\"d\": \"" + text + "\"}}}, \"e\": \"" + text + "\"}"));

        Assert.Equal(text, exploded.ObjectAt("a")?.ObjectAt("b")?.ObjectAt("c")?.TextAt("d"));
        Assert.IsType<RecordList>(exploded["e"]);
    }

    private static string Explode(string json) => PythonText.Of(Exploder.Explode((RecordObject)JsonReader.Parse(json)));
}
