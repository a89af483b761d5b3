using System.Security.Cryptography;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

public sealed class ReportTests(DemoServer server)
{
    private static readonly string SeedFile = Path.Combine(AppContext.BaseDirectory, "fixtures", "pcb-model.data.json");

    private static readonly string SeedData = "data:/" + SeedFile;

    [Fact]
    public async Task The_seeds_data_document_prints_the_seed_byte_for_byte()
    {
        var report = (await Cli.RunAsync("report", SeedData)).Good();

        Assert.Equal(
            "7ab390c626f93fa8680d947a715080ffde8790e4145fe7c074bd0322f33a41a9",
            Convert.ToHexStringLower(SHA256.HashData(report.Bytes)));
    }

    [Fact]
    public async Task A_file_gets_md_if_its_name_lacks_it_and_the_bytes_of_standard_output()
    {
        using var folder = new TemporaryFolder();

        var printed = (await Cli.RunAsync("report", SeedData)).Good();
        var named = (await Cli.RunAsync("report", SeedData, "--output", folder.Combine("named.md"))).Good();
        (await Cli.RunAsync("report", SeedData, "--output", folder.Combine("bare"))).Good();

        Assert.Empty(named.Bytes);
        Assert.Equal(printed.Bytes, await File.ReadAllBytesAsync(folder.Combine("named.md")));
        Assert.Equal(printed.Bytes, await File.ReadAllBytesAsync(folder.Combine("bare.md")));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Theory]
    [InlineData("/1")]
    [InlineData("/Staging")]
    [InlineData("/latest")]
    public async Task A_report_can_be_made_again_from_the_data_document_that_came_with_it(string which)
    {
        using var folder = new TemporaryFolder();

        var live = (await server.RunAsync("report", $"models:/{DemoServer.Model}{which}", "--output-data", folder.Combine("x.json"))).Good();
        var again = (await Cli.RunAsync("report", "data:/" + folder.Combine("x.json"))).Good();

        Assert.Equal(live.Bytes, again.Bytes);
        Assert.Contains("# Registered Model Version", live.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_document_written_again_has_the_same_bytes_and_its_manifest_is_shown_with_the_file()
    {
        using var folder = new TemporaryFolder();
        var report = (await Cli.RunAsync("report", SeedData, "--show-manifest", "--output-data", folder.Combine("again.json"))).Good();

        Assert.Equal(await File.ReadAllBytesAsync(SeedFile), await File.ReadAllBytesAsync(folder.Combine("again.json")));
        Assert.Contains($"\n|source|{SeedFile}|\n", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_reported_without_the_registry()
    {
        var report = (await server.RunAsync("report", $"runs:/{await server.RunIdAsync()}/model")).Good();

        Assert.Contains("\n# Run\n", report.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("# Registered Model", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_can_stand_before_its_model()
    {
        var report = (await Cli.RunAsync("report", SeedData, "--section-order", "version-first")).Good().Output;

        Assert.True(report.IndexOf("\n# Registered Model Version\n", StringComparison.Ordinal)
            < report.IndexOf("\n# Registered Model\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model-first")]
    [InlineData("seed")]
    public async Task The_model_stands_before_its_version_by_default_and_by_the_orders_old_and_new_name(string order) => Assert.Equal(
        (await Cli.RunAsync("report", SeedData)).Good().Bytes, (await Cli.RunAsync("report", SeedData, "--section-order", order)).Good().Bytes);

    [Fact]
    public async Task The_order_of_sections_has_two_names()
    {
        var ended = (await Cli.RunAsync("report", SeedData, "--section-order", "upside-down")).Failed(2);

        Assert.Contains("use model-first or version-first", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("seed", (await Cli.RunAsync("report", "--help")).Good().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_and_flavors_as_json_are_shown_on_request()
    {
        var report = (await Cli.RunAsync("report", SeedData, "--show-manifest", "--show-as-json")).Good().Output;

        Assert.Contains("Manifest", report, StringComparison.Ordinal);
        Assert.Contains("\"instance_type\": \"ImageClassificationPipeline\"", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_the_user_is_told_how_to_name_one()
    {
        var ended = (await Cli.RunAsync("report", "models:/pcb/1")).Failed(2);

        Assert.Contains("--tracking-uri", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("MLFLOW_TRACKING_URI", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models:/pcb")]
    [InlineData("pcb")]
    public async Task What_is_no_model_URI_is_a_wrong_command_line(string uri)
    {
        var ended = (await Cli.RunAsync("report", uri)).Failed(2);

        Assert.Contains($"'{uri}'", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("models:/NAME/VERSION", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models:/nowhere/1", "nowhere")]
    [InlineData("data:nowhere.json", "nowhere.json")]
    [InlineData("runs:/0123456789abcdef0123456789abcdef/model", "0123456789abcdef0123456789abcdef")]
    public async Task What_cannot_be_reported_is_told_in_a_line_and_ends_with_1(string uri, string told)
    {
        var ended = (await server.RunAsync("report", uri)).Failed(1);

        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Passwords_in_a_tracking_uri_are_not_repeated()
    {
        var ended = (await Cli.RunAsync("report", "models:/pcb/1", "--tracking-uri", "http://me:s3cret@127.0.0.1:1", "--verbose")).Failed(1);

        Assert.DoesNotContain("s3cret", ended.Errors + ended.Output, StringComparison.Ordinal);
    }
}
