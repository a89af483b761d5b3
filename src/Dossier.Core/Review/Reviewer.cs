using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>Who acts on versions of a registered model, with the level held on it.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Level">The level.</param>
public sealed record Reviewer(Caller Caller, PermissionLevel Level)
{
    /// <summary>The caller with the level held on an object that stands for the model; no statement for administrators, nor when it is known already.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>.</exception>
    public static async ValueTask<Reviewer> OfAsync(AccessService access, Caller caller, AccessObject target, CancellationToken cancel) => new(
        caller, caller.IsAdmin ? PermissionLevel.CanManage : await access.LevelAsync(caller, target, cancel) ?? throw target.Missing());

    /// <summary>Whether the reviewer goes by this name.</summary>
    public bool Is(string? name) => Caller.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the reviewer may move a version so, or decide about a request for it.</summary>
    public bool MayMove(string from, string to) => Level >= StageRules.Needed(from, to);

    /// <summary>Lets a reviewer pass who may move a version of this model so.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c>.</exception>
    public void RequireMove(string model, string from, string to)
    {
        if (!MayMove(from, to))
        {
            throw AccessService.Denied(Caller, ObjectKinds.Model.Of(model), Level, StageRules.Needed(from, to));
        }
    }
}
