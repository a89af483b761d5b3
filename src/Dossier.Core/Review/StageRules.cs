using Dossier.Core.Access;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>Rules for moves between stages.</summary>
internal static class StageRules
{
    /// <summary>The level that moves a version from one stage to another: more where Production is left or entered.</summary>
    public static PermissionLevel Needed(string from, string to) => from == ModelStage.Production || to == ModelStage.Production
        ? PermissionLevel.CanManageProductionVersions
        : PermissionLevel.CanManageStagingVersions;

    /// <summary>A move as a request asks for it.</summary>
    public static StageTransition Transition(string? name, string? version, string? stage, bool archiveExisting, string? comment)
    {
        var target = RegistryRules.Stage(stage);
        if (archiveExisting && target is not (ModelStage.Staging or ModelStage.Production))
        {
            throw ProtocolException.Invalid(
                $"Model version transition cannot archive existing model versions because '{target}' is not an active stage: "
                + $"'archive_existing_versions' is for the stages {ModelStage.Staging} and {ModelStage.Production}.");
        }

        return new(RegistryRules.Name(name), NumberRules.Version(version), target, archiveExisting, Comment(comment));
    }

    /// <summary>A comment; null if it is empty.</summary>
    public static string? Comment(string? comment) =>
        TextRules.Optional(comment, "comment", Limits.Comment) is { Length: > 0 } text ? text : null;
}
