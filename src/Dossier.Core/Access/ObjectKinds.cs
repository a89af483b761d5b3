using Dossier.Core.Artifacts;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>
/// The table of guarded objects, a row for each kind and for each way to name one. To add a kind is to add a row, its store and its tests;
/// CONTRIBUTING.md has the recipe.
/// </summary>
public static class ObjectKinds
{
    /// <summary>A folder, by its id; 0 is the root folder.</summary>
    public static ObjectKind Folder { get; } = new()
    {
        Name = "directory",
        EventType = "directory",
        Table = "folders",
        Lookup = Lookup.Number,
        Check = static (id, parameter) => IdRules.Directory(id ?? "", parameter),
        Missing = static id => $"Directory with id={TextRules.Excerpt(id)} not found",
        Grants = new()
        {
            Number = 1,
            ApiType = "directories",
            ObjectType = "directory",
            EventType = "directory",
            Levels = PermissionLevels.OfFolders,
            RootId = "0",
            Label = "path",
            FolderColumn = "id",
        },
    };

    /// <summary>The folder at a path or, where there is none, the nearest above that exists.</summary>
    public static ObjectKind FolderAt { get; } = new()
    {
        Name = "directory",
        Parameter = "path",
        Table = "folders",
        Column = "path",
        Lookup = Lookup.NearestFolder,
        Check = FolderPath.Check,
        Text = static path => $"the folder '{TextRules.Excerpt(path)}'",
        GuardedBy = new(Folder, "id"),
    };

    /// <summary>An experiment, by its public id.</summary>
    public static ObjectKind Experiment { get; } = new()
    {
        Name = "experiment",
        Parameter = "experiment_id",
        EventType = "experiment",
        Table = "experiments",
        Check = IdRules.Experiment,
        Missing = static id => $"No Experiment with id={id} exists",
        Hidden = static (id, caller) => $"User {caller.Name} does not have permission to 'View' experiment with id {id}",
        Grants = new()
        {
            Number = 2,
            ApiType = "experiments",
            ObjectType = "mlflowExperiment",
            EventType = "experiment",
            Levels = PermissionLevels.OfExperiments,
            FolderColumn = "folder_id",
        },
    };

    /// <summary>An experiment, by its name.</summary>
    public static ObjectKind ExperimentByName { get; } = new()
    {
        Name = "experiment",
        Parameter = "experiment_name",
        Table = "experiments",
        Column = "name",
        Check = static (name, parameter) => TextRules.Required(name, parameter, Limits.ExperimentName),
        Text = static name => $"experiment '{TextRules.Excerpt(name)}'",
        Missing = static name => $"Could not find experiment with name '{TextRules.Excerpt(name)}'",
        Grants = Experiment.Grants,
    };

    /// <summary>The folder that an experiment lies in, by the experiment's public id.</summary>
    public static ObjectKind FolderOfExperiment { get; } = new()
    {
        Name = "experiment",
        Parameter = "experiment_id",
        Table = "experiments",
        Check = IdRules.Experiment,
        Text = static id => $"the folder of experiment {id}",
        Missing = Experiment.Missing,
        GuardedBy = new(Folder, "folder_id"),
    };

    /// <summary>A run, by its public id.</summary>
    public static ObjectKind Run { get; } = new()
    {
        Name = "run",
        Parameter = "run_id",
        EventType = "run",
        Table = "runs",
        Check = IdRules.Run,
        Missing = static id => $"Run with id={id} not found",
        GuardedBy = new(Experiment, "experiment_id"),
    };

    /// <summary>A logged model, by its public id.</summary>
    public static ObjectKind LoggedModel { get; } = new()
    {
        Name = "logged model",
        Parameter = "model_id",
        EventType = "logged_model",
        Table = "logged_models",
        Check = IdRules.LoggedModel,
        Missing = static id => $"Logged model with ID '{id}' not found.",
        GuardedBy = new(Experiment, "experiment_id"),
    };

    /// <summary>What lies at a path of the server's artifact store.</summary>
    public static ObjectKind Artifact { get; } = new()
    {
        Name = "artifact",
        Parameter = "path",
        Lookup = Lookup.ServedPath,
        Check = static (path, _) => ArtifactPath.Parse(path).Value,
        Text = static path => $"the experiment that the artifact path '{TextRules.Excerpt(path)}' belongs to",
        Missing = static path => $"No artifact file '{TextRules.Excerpt(path)}'.",
        GuardedBy = new(Experiment, "served_path"),
    };

    /// <summary>The root of the registry, from which all registered models inherit.</summary>
    public static ObjectKind Registry { get; } = new()
    {
        Name = "registry root",
        Text = static _ => "the registry root (registered-models/root)",
        Grants = new()
        {
            Number = 4,
            ApiType = "registered-models",
            ObjectType = "registered-model",
            EventType = "registry",
            Levels = PermissionLevels.OfRegistry,
            OnlyId = "root",
            RootId = "root",
            Label = "registry root",
            ListsGroupsFirst = true,
        },
    };

    /// <summary>A registered model, by its name.</summary>
    public static ObjectKind Model { get; } = new()
    {
        Name = "registered model",
        Parameter = "name",
        EventType = "registered_model",
        Table = "registered_models",
        Column = "name",
        Check = RegistryRules.Name,
        Text = static name => $"registered model '{TextRules.Excerpt(name)}'",
        Missing = static name => $"Registered Model with name={TextRules.Excerpt(name)} not found",
        Grants = new()
        {
            Number = 3,
            ApiType = "registered-models",
            ObjectType = "registered-model",
            EventType = "registered_model",
            Levels = PermissionLevels.OfModels,
            Root = Registry,
            HasNamedEvents = true,
            ListsGroupsFirst = true,
        },
    };

    /// <summary>A registered model, by its id, 32 hex digits, which a rename does not change.</summary>
    public static ObjectKind ModelById { get; } = new()
    {
        Name = "registered model",
        Table = "registered_models",
        Check = static (id, parameter) => IdRules.RegisteredModel(id ?? "", parameter),
        Text = static id => $"registered model with id {id}",
        Missing = static id => $"Registered Model with id={TextRules.Excerpt(id)} not found",
        Grants = Model.Grants,
    };

    /// <summary>A comment on a version of a registered model, by its id.</summary>
    public static ObjectKind Comment { get; } = new()
    {
        Name = "comment",
        Table = "activities",
        Condition = $"x.type = '{ActivityType.NewComment}'",
        Check = IdRules.Activity,
        Missing = static id => $"Comment with id={id} not found",
        GuardedBy = new(Model, "model_id", "public_id"),
    };

    /// <summary>The right to hold tokens.</summary>
    public static ObjectKind Tokens { get; } = Authorization(5, "tokens", PermissionLevels.OfTokens);

    /// <summary>The right to sign in with a password.</summary>
    public static ObjectKind Passwords { get; } = Authorization(6, "passwords", PermissionLevels.OfPasswords);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        Folder, FolderAt, Experiment, ExperimentByName, FolderOfExperiment, Run, LoggedModel, Artifact, Registry, Model, ModelById, Comment, Tokens, Passwords,
    ];

    // What the Permissions API names: a model by its id, since a name may change.
    private static readonly IReadOnlyList<ObjectKind> Named = [Experiment, Registry, ModelById, Folder, Tokens, Passwords];

    /// <summary>The experiment that clients mean where they may leave the id out.</summary>
    public const string DefaultExperimentId = "0";

    /// <summary>What is there once.</summary>
    /// <exception cref="ArgumentException">There are many of the kind.</exception>
    public static AccessObject Only(this ObjectKind kind) =>
        kind.Of(kind.Grants?.OnlyId ?? throw new ArgumentException($"There is more than one {kind.Name}: say which.", nameof(kind)));

    /// <summary>The id of an experiment, where clients may leave it out.</summary>
    public static string OrDefault(string? experimentId) => string.IsNullOrEmpty(experimentId) ? DefaultExperimentId : experimentId;

    /// <summary>What a path of the Permissions API names.</summary>
    /// <param name="type">E.g. <c>experiments</c>.</param>
    /// <param name="id">E.g. <c>12</c>.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: there is no such type, or the id is malformed.</exception>
    public static AccessObject Typed(string type, string id)
    {
        var kinds = Named.Where(kind => kind.Grants!.ApiType == type);
        var kind = kinds.FirstOrDefault(kind => kind.Grants!.OnlyId == id) ?? kinds.FirstOrDefault(kind => kind.Grants!.OnlyId is null);
        return kind is null
            ? throw ProtocolException.Invalid(
                $"There are no permissions on '{TextRules.Excerpt($"{type}/{id}")}'. "
                + "There are on experiments/ID, registered-models/ID, registered-models/root, directories/ID, authorization/tokens and authorization/passwords.")
            : kind.Grants!.OnlyId is null ? kind.Named(id, "request_object_id") : kind.Of(id);
    }

    private static ObjectKind Authorization(long number, string name, IReadOnlyList<PermissionLevelInfo> levels) => new()
    {
        Name = $"authorization/{name}",
        Text = static id => $"authorization/{id}",
        Grants = new()
        {
            Number = number,
            ApiType = "authorization",
            ObjectType = name,
            EventType = "authorization",
            Levels = levels,
            OnlyId = name,
            Label = $"authorization/{name}",
        },
    };
}
