using Dossier.Protocol.Json;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>The overview's two rows on flavors: the Python function's loader, and the native library's version.</summary>
/// <param name="Flavor">The loader module, e.g. <c>mlflow.sklearn</c>.</param>
/// <param name="Version">The first member of the native flavor that is called <c>…_version</c>; empty when there is none.</param>
internal sealed record FlavorSummary(RecordValue Flavor, RecordValue Version)
{
    private const string PythonFunction = "python_function";

    private static readonly RecordText Empty = new("");

    public static FlavorSummary Of(RecordValue? value)
    {
        var flavors = (value as RecordObject ?? []).ToList();
        return flavors switch
        {
            [] => new FlavorSummary(RecordNull.Value, Empty),
            [{ Value: RecordObject only }] => new FlavorSummary(Loader(only), Empty),
            [_] => new FlavorSummary(RecordNull.Value, RecordNull.Value),
            _ => OfSeveral(flavors),
        };
    }

    private static FlavorSummary OfSeveral(List<KeyValuePair<string, RecordValue>> flavors)
    {
        // Without a flavor of that name the first one stands in for it.
        var python = Math.Max(0, flavors.FindIndex(flavor => flavor.Key == PythonFunction));
        var native = flavors[python == 0 ? 1 : 0].Value as RecordObject ?? [];
        var version = native.FirstOrDefault(member => member.Key.EndsWith("_version", StringComparison.Ordinal)).Value;
        return new FlavorSummary(Loader(flavors[python].Value as RecordObject ?? []), version ?? Empty);
    }

    private static RecordValue Loader(RecordObject flavor) => flavor["loader_module"] ?? RecordNull.Value;
}
