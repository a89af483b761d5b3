using System.Security.Cryptography;
using System.Text;
using Dossier.Reports.Layouts;

namespace Dossier.Reports.Tests;

public sealed class SeedTests
{
    [Fact]
    public void The_report_of_the_seeds_data_document_is_the_seed_byte_for_byte()
    {
        var report = ReportRenderer.ToMarkdown(Fixture.Seed, new LayoutOptions());

        Assert.Equal(Encoding.UTF8.GetString(Fixture.Bytes("pcb-model-report.md")), report);
        var bytes = Encoding.UTF8.GetBytes(report);
        Assert.Equal(17927, bytes.Length);
        Assert.Equal("7ab390c626f93fa8680d947a715080ffde8790e4145fe7c074bd0322f33a41a9", Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Writing_the_seeds_data_document_again_gives_the_same_bytes() =>
        Assert.Equal(Fixture.Bytes("pcb-model.data.json"), Fixture.Seed.ToBytes());

    [Fact]
    public void The_same_data_document_gives_the_same_report_every_time_and_is_not_changed_by_it()
    {
        var data = Fixture.Seed;
        var options = new LayoutOptions { ShowAsJson = true, ShowManifest = true, SectionOrder = SectionOrder.VersionFirst };

        var first = ReportRenderer.ToMarkdown(data, options);

        Assert.Equal(first, ReportRenderer.ToMarkdown(data, options));
        Assert.Equal(Fixture.Bytes("pcb-model.data.json"), data.ToBytes());
    }
}
