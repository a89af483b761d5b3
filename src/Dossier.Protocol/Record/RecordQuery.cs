namespace Dossier.Protocol;

/// <summary>
/// One question about a model's record. It says what is asked, not how: a client sends it as a request of the server's kind. Two
/// questions about the same thing are equal.
/// </summary>
public abstract record RecordQuery
{
    private readonly string _about;

    private RecordQuery(string about) => _about = about;

    /// <summary>What is asked about, for messages: <c>run 815123f2…</c>.</summary>
    public sealed override string ToString() => _about;

    /// <summary>A run: <c>{"run": {"info", "data", "inputs"}}</c>.</summary>
    /// <param name="RunId">Its id.</param>
    public sealed record Run(string RunId) : RecordQuery($"run {RunId}");

    /// <summary>An experiment: <c>{"experiment": {…}}</c>.</summary>
    /// <param name="ExperimentId">Its id.</param>
    public sealed record Experiment(string ExperimentId) : RecordQuery($"experiment {ExperimentId}");

    /// <summary>A registered model: <c>{"registered_model": {…}}</c>.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record RegisteredModel(string Name) : RecordQuery($"registered model '{Name}'");

    /// <summary>
    /// A registered model of a Databricks workspace or a Dossier server with <c>id</c> and <c>permission_level</c>:
    /// <c>{"registered_model_databricks": {…}}</c>.
    /// </summary>
    /// <param name="Name">Its name.</param>
    public sealed record DatabricksRegisteredModel(string Name) : RecordQuery($"registered model '{Name}'");

    /// <summary>A model version: <c>{"model_version": {…}}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Version">The version, e.g. <c>7</c>.</param>
    public sealed record ModelVersion(string Name, string Version) : RecordQuery($"version {Version} of '{Name}'");

    /// <summary>Where a version's files are: <c>{"artifact_uri": "…"}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Version">The version.</param>
    public sealed record DownloadUri(string Name, string Version) : RecordQuery($"the files of version {Version} of '{Name}'");

    /// <summary>A logged model (MLflow 3): <c>{"model": {"info": {…}, "data": {…}}}</c>.</summary>
    /// <param name="ModelId">Its id, <c>m-…</c>.</param>
    public sealed record LoggedModel(string ModelId) : RecordQuery($"logged model {ModelId}");

    /// <summary>Open requests to change a version's stage (Databricks workspace registries, Dossier): <c>{"requests": […]}</c>.</summary>
    /// <param name="Name">The registered model's name.</param>
    /// <param name="Version">The version.</param>
    public sealed record TransitionRequests(string Name, string Version) : RecordQuery($"the requests for version {Version} of '{Name}'");

    /// <summary>
    /// Who may do what with an object (Databricks workspaces, Dossier): <c>{"object_id", "object_type", "access_control_list"}</c>.
    /// </summary>
    /// <param name="ObjectType"><c>experiments</c> or <c>registered-models</c>.</param>
    /// <param name="ObjectId">The experiment's id, or the registered model's internal <c>id</c>.</param>
    public sealed record Permissions(string ObjectType, string ObjectId) : RecordQuery($"the permissions on {ObjectType}/{ObjectId}");

    /// <summary>The levels that can be granted on such an object: <c>{"permission_levels": […]}</c>.</summary>
    /// <param name="ObjectType"><c>experiments</c> or <c>registered-models</c>.</param>
    /// <param name="ObjectId">The experiment's id, or the registered model's internal <c>id</c>.</param>
    public sealed record PermissionLevels(string ObjectType, string ObjectId) : RecordQuery($"the permission levels of {ObjectType}/{ObjectId}");

    /// <summary>The grants on a Unity Catalog model.</summary>
    /// <param name="Name">The full name, <c>catalog.schema.model</c>.</param>
    /// <param name="Effective">Whether inherited grants count.</param>
    public sealed record UnityCatalogGrants(string Name, bool Effective) : RecordQuery($"the grants on '{Name}'");
}
