using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>"MLflow Model": the MLmodel file's details, flavors, signature and input example.</summary>
internal static class MlModelSection
{
    public static void Lay(BlockList to, JsonObject model, ReportOptions options)
    {
        to.Heading(1, "MLflow Model");
        Details.Lay(to, model);
        Flavors.Lay(to, 3, model["flavors"], options.ShowAsJson);
        Signature.Lay(to, model["signature"]);
        to.KeyValues(2, "Saved input example info", model["saved_input_example_info"]);
    }
}
