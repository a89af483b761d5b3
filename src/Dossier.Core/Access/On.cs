using Dossier.Core.Artifacts;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>The objects that a request names, for guards. An id that is missing or malformed is refused as the domain would.</summary>
public static class On
{
    private const string DefaultExperimentId = "0";

    /// <summary>The registry root.</summary>
    public static IReadOnlyList<AccessObject> Registry { get; } = [new AccessObject.Registry()];

    /// <summary>An experiment by id.</summary>
    public static IReadOnlyList<AccessObject> Experiment(string? id) => [new AccessObject.Experiment(IdRules.Experiment(id))];

    /// <summary>Where clients may leave the id out, they mean the experiment <c>Default</c>.</summary>
    public static IReadOnlyList<AccessObject> ExperimentOrDefault(string? id) => Experiment(string.IsNullOrEmpty(id) ? DefaultExperimentId : id);

    /// <summary>An experiment by name.</summary>
    public static IReadOnlyList<AccessObject> ExperimentNamed(string? name) => [new AccessObject.ExperimentNamed(TextRules.Required(name, "experiment_name", Limits.ExperimentName))];

    /// <summary>The folder for an experiment that is to be created.</summary>
    public static IReadOnlyList<AccessObject> FolderFor(string? experimentName, Caller creator) =>
        [new AccessObject.FolderFor(TextRules.Required(experimentName, "name", Limits.ExperimentName), creator.Name)];

    /// <summary>The folder at a path or, where there is none, the nearest above that is there.</summary>
    public static IReadOnlyList<AccessObject> FolderAt(string? path, Caller caller) =>
        [new AccessObject.FolderFor(FolderPath.Join(FolderPath.Check(path), "experiment"), caller.Name)];

    /// <summary>The folder of an experiment.</summary>
    public static IReadOnlyList<AccessObject> FolderOf(string? experimentId) => [new AccessObject.FolderOf(IdRules.Experiment(experimentId))];

    /// <summary>The experiment of a run; either id will do.</summary>
    public static IReadOnlyList<AccessObject> Run(string? id, string? uuid = null) => [new AccessObject.Run(IdRules.EitherRun(id, uuid))];

    /// <summary>The experiment of a run that a request may do without.</summary>
    public static IReadOnlyList<AccessObject> RunIfNamed(string? id) => string.IsNullOrEmpty(id) ? [] : Run(id);

    /// <summary>The experiments of runs.</summary>
    public static IReadOnlyList<AccessObject> Runs(IReadOnlyList<string>? ids, string parameter) =>
        [.. ListRules.Bounded(ids, parameter, Limits.RunsOfHistory).Distinct(StringComparer.Ordinal).Select(id => new AccessObject.Run(IdRules.Run(id, parameter)))];

    /// <summary>The experiment of a logged model.</summary>
    public static IReadOnlyList<AccessObject> LoggedModel(string? id) => [new AccessObject.LoggedModel(IdRules.LoggedModel(id))];

    /// <summary>The experiment of a logged model that a request may do without.</summary>
    public static IReadOnlyList<AccessObject> LoggedModelIfNamed(string? id) => string.IsNullOrEmpty(id) ? [] : LoggedModel(id);

    /// <summary>The experiments of logged models.</summary>
    public static IReadOnlyList<AccessObject> LoggedModels(IEnumerable<string>? ids) => [.. ListRules
        .Bounded([.. (ids ?? []).Distinct(StringComparer.Ordinal).Take(Limits.ModelLinks + 1)], "models", Limits.ModelLinks)
        .Select(id => new AccessObject.LoggedModel(IdRules.LoggedModel(id)))];

    /// <summary>The experiments of the logged models that points say they measure.</summary>
    public static IReadOnlyList<AccessObject> ModelsMeasured(IReadOnlyList<Metric>? metrics) =>
        metrics is null || metrics.All(static point => string.IsNullOrEmpty(point.ModelId)) ? [] : LoggedModels(
            metrics.Where(static point => !string.IsNullOrEmpty(point.ModelId)).Select(static point => point.ModelId!));

    /// <summary>A registered model by name.</summary>
    public static IReadOnlyList<AccessObject> Model(string? name) => [new AccessObject.Model(RegistryRules.Name(name))];

    /// <summary>The registered model of a comment.</summary>
    public static IReadOnlyList<AccessObject> Comment(string? id) => [new AccessObject.Comment(IdRules.Activity(id))];

    /// <summary>What an artifact path belongs to.</summary>
    public static IReadOnlyList<AccessObject> Artifact(ArtifactPath path) => [new AccessObject.Artifact(path)];

    /// <summary>What a path of the permissions API names.</summary>
    /// <param name="type">E.g. <c>experiments</c>.</param>
    /// <param name="id">E.g. <c>12</c>.</param>
    public static AccessObject Typed(string type, string id) => (type, id) switch
    {
        ("experiments", _) => new AccessObject.Experiment(IdRules.Experiment(id)),
        ("registered-models", "root") => new AccessObject.Registry(),
        ("registered-models", _) => new AccessObject.ModelWithId(IdRules.RegisteredModel(id)),
        ("directories", _) => new AccessObject.Folder(IdRules.Directory(id)),
        ("authorization", "tokens") => new AccessObject.Tokens(),
        ("authorization", "passwords") => new AccessObject.Passwords(),
        _ => throw ProtocolException.Invalid(
            $"There are no permissions on '{TextRules.Excerpt($"{type}/{id}")}'. "
            + "There are on experiments/ID, registered-models/ID, registered-models/root, directories/ID, authorization/tokens and authorization/passwords."),
    };
}
