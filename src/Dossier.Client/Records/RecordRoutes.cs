using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>The request that asks a question about the record.</summary>
internal static class RecordRoutes
{
    /// <summary>The route of a GET, below the host.</summary>
    /// <param name="query">The question.</param>
    /// <param name="inUnityCatalog">Whether a registered model of that name is in Unity Catalog.</param>
    public static string Of(RecordQuery query, Func<string, bool> inUnityCatalog) => query switch
    {
        RecordQuery.Run run => Mlflow("runs/get", new Query().Add("run_id", run.RunId)),
        RecordQuery.Experiment experiment => Mlflow("experiments/get", new Query().Add("experiment_id", experiment.ExperimentId)),
        RecordQuery.RegisteredModel model => Registry("registered-models/get", model.Name, null, inUnityCatalog),
        RecordQuery.DatabricksRegisteredModel model => Mlflow("databricks/registered-models/get", new Query().Add("name", model.Name)),
        RecordQuery.ModelVersion version => Registry("model-versions/get", version.Name, version.Version, inUnityCatalog),
        RecordQuery.DownloadUri files => Registry("model-versions/get-download-uri", files.Name, files.Version, inUnityCatalog),
        RecordQuery.LoggedModel model => Mlflow("logged-models/" + Uri.EscapeDataString(model.ModelId), new Query()),
        RecordQuery.TransitionRequests requests => Mlflow(
            "transition-requests/list", new Query().Add("name", requests.Name).Add("version", requests.Version)),
        RecordQuery.Permissions on => Permissions(on.ObjectType, on.ObjectId),
        RecordQuery.PermissionLevels of => Permissions(of.ObjectType, of.ObjectId) + "/permissionLevels",
        // Models are securables of type "function" there.
        RecordQuery.UnityCatalogGrants on =>
            $"api/2.1/unity-catalog/{(on.Effective ? "effective-permissions" : "permissions")}/function/{Uri.EscapeDataString(on.Name)}",
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };

    private static string Mlflow(string path, Query query) => Api.Mlflow + path + query;

    private static string Permissions(string objectType, string objectId) => $"api/2.0/permissions/{objectType}/{Uri.EscapeDataString(objectId)}";

    private static string Registry(string path, string name, string? version, Func<string, bool> inUnityCatalog) =>
        Mlflow((inUnityCatalog(name) ? "unity-catalog/" : "") + path, new Query().Add("name", name).Add("version", version));
}
