using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Layouts;
using Dossier.Testing;

namespace Dossier.Reports.Tests.Layout;

public sealed class RendererPropertyTests
{
    private static readonly Gen<LayoutOptions> Options = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, (order, json, manifest, inputs) => new LayoutOptions
    {
        SectionOrder = order ? SectionOrder.VersionFirst : SectionOrder.ModelFirst,
        ShowAsJson = json,
        ShowManifest = manifest,
        ShowInputs = inputs,
    });

    [Fact]
    public void Every_JSON_object_has_a_report_and_is_not_changed_by_it() => Gen.Select(JsonGens.Document, Options).Sample((root, options) =>
    {
        var data = new DataDocument(root);
        var before = data.ToBytes();

        var report = ReportRenderer.ToMarkdown(data, options);

        Assert.StartsWith("\nMLflow Model: _", report, StringComparison.Ordinal);
        Assert.Equal(report, ReportRenderer.ToMarkdown(DataDocument.Parse(before), options));
        Assert.Equal(before, data.ToBytes());
    });

    [Fact]
    public void Any_part_of_the_seed_may_be_anything()
    {
        var members = Paths(Fixture.Seed.Root, 3).ToArray();
        Gen.Select(JsonGens.AnyOf(members), JsonGens.Value(2), Options).Sample((path, value, options) =>
        {
            var data = Fixture.Seed;
            Parent(data.Root, path)[path[^1]] = value;
            Assert.NotEmpty(ReportRenderer.ToMarkdown(data, options));
            Parent(data.Root, path).Take(path[^1]);
            Assert.NotEmpty(ReportRenderer.ToMarkdown(data, options));
        });
    }

    [Fact]
    public void No_value_breaks_its_table_row() => Gen.OneOf(JsonGens.Text.Select(text => RecordValue.Of(text)), JsonGens.Value(2)).Sample(
        value =>
        {
            var data = new DataDocument(new RecordObject
            {
                ["run"] = new RecordObject { ["info"] = new RecordObject { ["first"] = value, ["last"] = RecordValue.Of(1) } },
            });
            var report = ReportRenderer.ToMarkdown(data, new LayoutOptions());
            var table = Fixture.Part(report, "## Info").Split('\n');

            Assert.Equal("|Name|Value|", table[2]);
            Assert.StartsWith("|first|", table[4], StringComparison.Ordinal);
            Assert.Equal("|last|1|", table[5]);
            Assert.Equal(3, table[4].Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|') + (table[4].EndsWith(@"\|", StringComparison.Ordinal) ? 1 : 0));
        },
        iter: 3000);

    private static IEnumerable<string[]> Paths(RecordObject root, int depth) => root.SelectMany(member =>
        depth > 1 && member.Value is RecordObject inner
            ? Paths(inner, depth - 1).Select(path => path.Prepend(member.Key).ToArray()).Append([member.Key])
            : [[member.Key]]);

    private static RecordObject Parent(RecordObject root, string[] path) => path[..^1].Aggregate(root, (parent, name) => parent.ObjectAt(name)!);
}
