namespace Dossier.Protocol;

/// <summary>
/// One question to a tracking server or registry. An HTTP client sends <see cref="Path"/> and <see cref="Parameters"/> as they
/// stand; a server that answers from its own domain matches on the type.
/// </summary>
public abstract record RecordQuery
{
    private const string Api = "/api/2.0/mlflow/";

    private RecordQuery(string path, params IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        Path = path;
        Parameters = parameters;
    }

    /// <summary>The path below <see cref="IRecordReader.Host"/>, percent-encoded, starting with <c>/api/</c>.</summary>
    public string Path { get; }

    /// <summary>The query parameters in order, not encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>The JSON body to send by POST; null for a GET.</summary>
    public virtual string? Body => null;

    /// <summary>A run: <c>{"run": {"info", "data", "inputs"}}</c>.</summary>
    /// <param name="RunId">Its id.</param>
    public sealed record Run(string RunId) : RecordQuery(Api + "runs/get", [new("run_id", RunId)]);

    /// <summary>An experiment: <c>{"experiment": {…}}</c>.</summary>
    /// <param name="ExperimentId">Its id.</param>
    public sealed record Experiment(string ExperimentId)
        : RecordQuery(Api + "experiments/get", [new("experiment_id", ExperimentId)]);

    /// <summary>A registered model: <c>{"registered_model": {…}}</c>.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="UnityCatalog">Whether it lives in Unity Catalog.</param>
    public sealed record RegisteredModel(string Name, bool UnityCatalog = false)
        : RecordQuery(Registry(UnityCatalog) + "registered-models/get", [new("name", Name)]);

    /// <summary>
    /// A registered model of a Databricks workspace or a Dossier server with <c>id</c> and <c>permission_level</c>: <c>{"registered_model_databricks": {…}}</c>.
    /// </summary>
    /// <param name="Name">Its name.</param>
    public sealed record DatabricksRegisteredModel(string Name)
        : RecordQuery(Api + "databricks/registered-models/get", [new("name", Name)]);

    /// <summary>A model version: <c>{"model_version": {…}}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Version">The version, e.g. <c>7</c>.</param>
    /// <param name="UnityCatalog">Whether it lives in Unity Catalog.</param>
    public sealed record ModelVersion(string Name, string Version, bool UnityCatalog = false)
        : RecordQuery(Registry(UnityCatalog) + "model-versions/get", [new("name", Name), new("version", Version)]);

    /// <summary>The latest version of one stage, or of each: <c>{"model_versions": […]}</c>. Unity Catalog has no stages.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Stage">The stage, or null for the latest version of each stage, the highest version among them.</param>
    public sealed record LatestVersions(string Name, string? Stage) : RecordQuery(Api + "registered-models/get-latest-versions")
    {
        /// <inheritdoc/>
        public override string Body
        {
            get
            {
                var body = new Json.JsonObject { ["name"] = new Json.JsonString(Name) };
                if (Stage is not null)
                {
                    body["stages"] = new Json.JsonArray(new Json.JsonString(Stage));
                }

                return Json.JsonWriter.Write(body);
            }
        }
    }

    /// <summary>One page of a registered model's versions: <c>{"model_versions": […], "next_page_token"}</c>.</summary>
    /// <param name="Name">The registered model's name, without <c>'</c>.</param>
    /// <param name="PageToken">Null for the first page.</param>
    /// <param name="UnityCatalog">Whether it lives in Unity Catalog.</param>
    public sealed record ModelVersions(string Name, string? PageToken, bool UnityCatalog = false)
        : RecordQuery(Registry(UnityCatalog) + "model-versions/search", Page([new("filter", $"name='{Name}'")], PageToken));

    /// <summary>The version an alias points to: <c>{"model_version": {…}}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Alias">The alias.</param>
    /// <param name="UnityCatalog">Whether it lives in Unity Catalog.</param>
    public sealed record VersionByAlias(string Name, string Alias, bool UnityCatalog = false)
        : RecordQuery(Registry(UnityCatalog) + "registered-models/alias", [new("name", Name), new("alias", Alias)]);

    /// <summary>Where a version's files are: <c>{"artifact_uri": "…"}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Version">The version.</param>
    /// <param name="UnityCatalog">Whether it lives in Unity Catalog.</param>
    public sealed record DownloadUri(string Name, string Version, bool UnityCatalog = false)
        : RecordQuery(Registry(UnityCatalog) + "model-versions/get-download-uri", [new("name", Name), new("version", Version)]);

    /// <summary>A logged model (MLflow 3): <c>{"model": {"info": {…}, "data": {…}}}</c>.</summary>
    /// <param name="ModelId">Its id, <c>m-…</c>.</param>
    public sealed record LoggedModel(string ModelId) : RecordQuery(Api + "logged-models/" + Uri.EscapeDataString(ModelId));

    /// <summary>Open requests to change a version's stage, of a Databricks workspace registry or a Dossier server: <c>{"requests": […]}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Version">The version.</param>
    public sealed record TransitionRequests(string Name, string Version)
        : RecordQuery(Api + "transition-requests/list", [new("name", Name), new("version", Version)]);

    /// <summary>Who may do what with an object of a Databricks workspace or a Dossier server: <c>{"object_id", "object_type", "access_control_list"}</c>.</summary>
    /// <param name="ObjectType"><c>experiments</c> or <c>registered-models</c>.</param>
    /// <param name="ObjectId">The experiment's id, or the registered model's internal <c>id</c>.</param>
    public sealed record Permissions(string ObjectType, string ObjectId)
        : RecordQuery($"/api/2.0/permissions/{ObjectType}/{Uri.EscapeDataString(ObjectId)}");

    /// <summary>What levels there are for such an object: <c>{"permission_levels": […]}</c>.</summary>
    /// <param name="ObjectType"><c>experiments</c> or <c>registered-models</c>.</param>
    /// <param name="ObjectId">The experiment's id, or the registered model's internal <c>id</c>.</param>
    public sealed record PermissionLevels(string ObjectType, string ObjectId)
        : RecordQuery($"/api/2.0/permissions/{ObjectType}/{Uri.EscapeDataString(ObjectId)}/permissionLevels");

    /// <summary>The grants on a Unity Catalog model; models are securables of type <c>function</c> there.</summary>
    /// <param name="Name">The full name, <c>catalog.schema.model</c>.</param>
    /// <param name="Effective">Whether inherited grants count.</param>
    public sealed record UnityCatalogGrants(string Name, bool Effective)
        : RecordQuery($"/api/2.1/unity-catalog/{(Effective ? "effective-permissions" : "permissions")}/function/{Uri.EscapeDataString(Name)}");

    private static string Registry(bool unityCatalog) => unityCatalog ? Api + "unity-catalog/" : Api;

    private static IReadOnlyList<KeyValuePair<string, string>> Page(
        IReadOnlyList<KeyValuePair<string, string>> parameters, string? pageToken) =>
        pageToken is null ? parameters : [.. parameters, new("page_token", pageToken)];
}
