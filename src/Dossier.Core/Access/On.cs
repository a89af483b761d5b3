using Dossier.Core.Artifacts;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>The objects that a request names, for guards. An id that is missing or malformed is refused as the domain would.</summary>
public static class On
{
    private const string DefaultExperimentId = "0";

    /// <summary>The registry root.</summary>
    public static IReadOnlyList<AccessObject> Registry { get; } = [ObjectKinds.Registry.Only()];

    /// <summary>An experiment by id.</summary>
    public static IReadOnlyList<AccessObject> Experiment(string? id) => [ObjectKinds.Experiment.Of(IdRules.Experiment(id))];

    /// <summary>Where clients may leave the id out, they mean the experiment <c>Default</c>.</summary>
    public static IReadOnlyList<AccessObject> ExperimentOrDefault(string? id) => Experiment(string.IsNullOrEmpty(id) ? DefaultExperimentId : id);

    /// <summary>An experiment by name.</summary>
    public static IReadOnlyList<AccessObject> ExperimentNamed(string? name) => [ObjectKinds.ExperimentByName.Named(name, "experiment_name")];

    /// <summary>The folder for an experiment that is to be created.</summary>
    public static IReadOnlyList<AccessObject> FolderFor(string? experimentName, Caller creator) =>
        [ObjectKinds.FolderAt.Of(FolderPath.Of(TextRules.Required(experimentName, "name", Limits.ExperimentName), creator.Name))];

    /// <summary>The folder at a path or, where there is none, the nearest above that is there.</summary>
    public static IReadOnlyList<AccessObject> FolderAt(string? path) =>
        [ObjectKinds.FolderAt.Named(path, "path")];

    /// <summary>The folder of an experiment.</summary>
    public static IReadOnlyList<AccessObject> FolderOf(string? experimentId) => [ObjectKinds.FolderOfExperiment.Of(IdRules.Experiment(experimentId))];

    /// <summary>The experiment of a run; either id will do.</summary>
    public static IReadOnlyList<AccessObject> Run(string? id, string? uuid = null) => [ObjectKinds.Run.Of(IdRules.EitherRun(id, uuid))];

    /// <summary>The experiment of a run that a request may do without.</summary>
    public static IReadOnlyList<AccessObject> RunIfNamed(string? id) => string.IsNullOrEmpty(id) ? [] : Run(id);

    /// <summary>The experiments of runs.</summary>
    public static IReadOnlyList<AccessObject> Runs(IReadOnlyList<string>? ids, string parameter) =>
        [.. ListRules.Bounded(ids, parameter, Limits.RunsOfHistory).Distinct(StringComparer.Ordinal).Select(id => ObjectKinds.Run.Named(id, parameter))];

    /// <summary>The experiment of a logged model.</summary>
    public static IReadOnlyList<AccessObject> LoggedModel(string? id) => [ObjectKinds.LoggedModel.Of(IdRules.LoggedModel(id))];

    /// <summary>The experiment of a logged model that a request may do without.</summary>
    public static IReadOnlyList<AccessObject> LoggedModelIfNamed(string? id) => string.IsNullOrEmpty(id) ? [] : LoggedModel(id);

    /// <summary>The experiments of logged models.</summary>
    public static IReadOnlyList<AccessObject> LoggedModels(IEnumerable<string>? ids) => [.. ListRules
        .Bounded([.. (ids ?? []).Distinct(StringComparer.Ordinal).Take(Limits.ModelLinks + 1)], "models", Limits.ModelLinks)
        .Select(id => ObjectKinds.LoggedModel.Of(IdRules.LoggedModel(id)))];

    /// <summary>The experiments of the logged models that points say they measure.</summary>
    public static IReadOnlyList<AccessObject> ModelsMeasured(IReadOnlyList<Metric>? metrics) =>
        metrics is null || metrics.All(static point => string.IsNullOrEmpty(point.ModelId)) ? [] : LoggedModels(
            metrics.Where(static point => !string.IsNullOrEmpty(point.ModelId)).Select(static point => point.ModelId!));

    /// <summary>A registered model by name.</summary>
    public static IReadOnlyList<AccessObject> Model(string? name) => [ObjectKinds.Model.Of(RegistryRules.Name(name))];

    /// <summary>The registered model of a comment.</summary>
    public static IReadOnlyList<AccessObject> Comment(string? id) => [ObjectKinds.Comment.Of(IdRules.Activity(id))];

    /// <summary>What an artifact path belongs to.</summary>
    public static IReadOnlyList<AccessObject> Artifact(ArtifactPath path) => [ObjectKinds.Artifact.Of(path.Value)];
}
