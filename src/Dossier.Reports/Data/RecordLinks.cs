using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>The two links of each entity: the page for people and the call for programs.</summary>
/// <param name="reader">Where the record comes from.</param>
internal sealed class RecordLinks(IRecordReader reader)
{
    private string Ui => reader.Host + (reader.IsDatabricks ? "#mlflow" : "#");

    private string Api => reader.Host + "/api/2.0/mlflow";

    public void AppendRun(RecordObject to, string experimentId, string runId) => Append(
        to, $"{Ui}/experiments/{Path(experimentId)}/runs/{Path(runId)}", $"{Api}/runs/get?run_id={Form(runId)}");

    public void AppendExperiment(RecordObject to, string experimentId) => Append(
        to, $"{Ui}/experiments/{Path(experimentId)}", $"{Api}/experiments/get?experiment_id={Form(experimentId)}");

    public void AppendModel(RecordObject to, string name, bool unityCatalog) => Append(
        to,
        unityCatalog ? CatalogPage(name) : $"{Ui}/models/{Path(name)}",
        $"{Api}{Catalog(unityCatalog)}/registered-models/get?name={Form(name)}");

    public void AppendVersion(RecordObject to, string name, string version, bool unityCatalog) => Append(
        to,
        unityCatalog ? $"{CatalogPage(name)}/version/{Path(version)}" : $"{Ui}/models/{Path(name)}/versions/{Path(version)}",
        $"{Api}{Catalog(unityCatalog)}/model-versions/get?name={Form(name)}&version={Form(version)}");

    private static void Append(RecordObject to, string page, string call)
    {
        to["_web_ui_link"] = new RecordText(page);
        to["_api_link"] = new RecordText(call);
    }

    private string CatalogPage(string name) => $"{reader.Host}/explore/data/models/{string.Join('/', name.Split('.').Select(Path))}";

    private static string Catalog(bool unityCatalog) => unityCatalog ? "/unity-catalog" : "";

    private static string Path(string text) => Uri.EscapeDataString(text);

    private static string Form(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
