using CsCheck;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Tests.Layout;

public sealed class RendererPropertyTests
{
    private static readonly Gen<ReportOptions> Options = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, (order, json, manifest, inputs) => new ReportOptions
    {
        SectionOrder = order ? SectionOrder.VersionFirst : SectionOrder.RegisteredModelFirst,
        ShowAsJson = json,
        ShowManifest = manifest,
        ShowInputs = inputs,
    });

    [Fact]
    public void Every_JSON_object_has_a_report_and_is_not_changed_by_it() => Gen.Select(Gens.Document, Options).Sample((root, options) =>
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
        Gen.Select(Gens.AnyOf(members), Gens.Value(2), Options).Sample((path, value, options) =>
        {
            var data = Fixture.Seed;
            Parent(data.Root, path)[path[^1]] = value;
            Assert.NotEmpty(ReportRenderer.ToMarkdown(data, options));
            Parent(data.Root, path).Take(path[^1]);
            Assert.NotEmpty(ReportRenderer.ToMarkdown(data, options));
        });
    }

    [Fact]
    public void No_value_breaks_its_table_row() => Gen.OneOf(Gens.Text.Select(text => JsonValue.Of(text)), Gens.Value(2)).Sample(
        value =>
        {
            var data = new DataDocument(new JsonObject
            {
                ["run"] = new JsonObject { ["info"] = new JsonObject { ["first"] = value, ["last"] = JsonValue.Of(1) } },
            });
            var report = ReportRenderer.ToMarkdown(data, new ReportOptions());
            var table = Fixture.Part(report, "## Info").Split('\n');

            Assert.Equal("|Name|Value|", table[2]);
            Assert.StartsWith("|first|", table[4], StringComparison.Ordinal);
            Assert.Equal("|last|1|", table[5]);
            Assert.Equal(3, table[4].Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|') + (table[4].EndsWith(@"\|", StringComparison.Ordinal) ? 1 : 0));
        },
        iter: 3000);

    private static IEnumerable<string[]> Paths(JsonObject root, int depth) => root.SelectMany(member =>
        depth > 1 && member.Value is JsonObject inner
            ? Paths(inner, depth - 1).Select(path => path.Prepend(member.Key).ToArray()).Append([member.Key])
            : [[member.Key]]);

    private static JsonObject Parent(JsonObject root, string[] path) => path[..^1].Aggregate(root, (parent, name) => parent.ObjectAt(name)!);
}
