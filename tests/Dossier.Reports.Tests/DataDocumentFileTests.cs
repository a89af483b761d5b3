using Dossier.Protocol;
using Dossier.Reports.Data;
using Dossier.Reports.Layouts;
using Dossier.Testing;

namespace Dossier.Reports.Tests;

public sealed class DataDocumentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_JSON_file_is_read_as_it_is_and_the_manifest_can_name_it_as_its_source()
    {
        var file = await WriteAsync("a.json", """{"manifest": {"model_uri": "models:/m/1", "source": "databricks"}, "run": {"id": 1.50}}""");
        var data = await ReadAsync(file);
        Assert.Equal("databricks", data.Root.ObjectAt("manifest")!.TextAt("source"));
        Assert.Contains($"\n|source|{file}|\n", ReportRenderer.ToMarkdown(data, new LayoutOptions { ShowManifest = true }, new ShownManifest { Source = file }), StringComparison.Ordinal);
        Assert.Contains("\"id\": 1.5\n", data.Root.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.yaml")]
    [InlineData("a.YML")]
    public async Task A_YAML_file_is_read_too(string name)
    {
        var data = await ReadAsync(await WriteAsync(name, "manifest:\n  timestamp: 2023-08-20 17:24:32\nrun: {info: {a: yes}}\n"));
        Assert.Contains("\n|report_time|2023-08-20 17:24:32|\n", ReportRenderer.ToMarkdown(data, new LayoutOptions()), StringComparison.Ordinal);
        Assert.Contains("\n|a|True|\n", ReportRenderer.ToMarkdown(data, new LayoutOptions()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "[1]", "a JSON object")]
    [InlineData("a.json", "{", "Not JSON at character")]
    [InlineData("a.yaml", "a: [", "Not YAML at line")]
    [InlineData("a.txt", "{}", ".json, .yaml or .yml")]
    public async Task What_is_no_data_document_is_refused_saying_why(string name, string text, string hint)
    {
        var file = await WriteAsync(name, text);
        var exception = await Assert.ThrowsAsync<ProtocolException>(() => ReadAsync(file));
        Assert.Equal("INVALID_PARAMETER_VALUE", exception.ErrorCode);
        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("missing/too.json")]
    public async Task A_file_that_is_not_there_is_said_to_be_missing(string name)
    {
        var exception = await Assert.ThrowsAsync<ProtocolException>(() => ReadAsync(_folder.Combine(name)));
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", exception.ErrorCode);
    }

    private static Task<DataDocument> ReadAsync(string file) =>
        DataDocumentFile.ReadAsync((ModelUri.OfData)ModelUri.Parse("data:/" + file), TestContext.Current.CancellationToken);

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = _folder.Combine(name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
