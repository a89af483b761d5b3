using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>Moves of versions between stages, and requests for them. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="access">Tells the caller's level, which the store judges by the version's stage.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class ReviewService(IReviewStore store, AccessService access, TimeProvider clock)
{
    /// <summary>Moves the version to a stage, and others of that stage to Archived if asked.</summary>
    public async Task<ModelVersion> TransitionAsync(TransitionStage message, Caller caller, CancellationToken cancel)
    {
        var move = Move(message);
        return await store.TransitionAsync(move, await ReviewerAsync(caller, move.Name, cancel), clock.ChangeBy(caller), cancel);
    }

    /// <summary>As <see cref="TransitionAsync"/>; the answer tells the caller's level and the open requests too.</summary>
    public async Task<ModelVersion> TransitionReviewedAsync(TransitionStage message, Caller caller, CancellationToken cancel)
    {
        var move = Move(message);
        var reviewer = await ReviewerAsync(caller, move.Name, cancel);
        var moved = await store.TransitionAsync(move, reviewer, clock.ChangeBy(caller), cancel);
        var review = await store.GetAsync(move.Name, move.Version, cancel);
        return moved with { PermissionLevel = reviewer.Level.Name(), OpenRequests = review.For(reviewer) };
    }

    /// <summary>Asks for a move.</summary>
    public async Task<Activity> CreateRequestAsync(CreateTransitionRequest message, Caller caller, CancellationToken cancel)
    {
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting: false, message.Comment);
        var reviewer = await ReviewerAsync(caller, move.Name, cancel);
        return (await store.CreateRequestAsync(move, clock.ChangeBy(caller), cancel)).For(reviewer)[0];
    }

    /// <summary>The open requests.</summary>
    public async Task<IReadOnlyList<Activity>> ListRequestsAsync(string? name, string? version, Caller caller, CancellationToken cancel)
    {
        var review = await store.GetAsync(RegistryRules.Name(name), NumberRules.Version(version), cancel);
        return review.For(await ReviewerAsync(caller, review.Name, cancel));
    }

    /// <summary>Makes the move that was asked for.</summary>
    public async Task<Activity> ApproveAsync(ApproveTransitionRequest message, Caller caller, CancellationToken cancel)
    {
        var archiveExisting = message.ArchiveExistingVersions ?? throw ProtocolException.Missing("archive_existing_versions");
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting, message.Comment);
        return await store.ApproveAsync(move, await ReviewerAsync(caller, move.Name, cancel), clock.ChangeBy(caller), cancel);
    }

    /// <summary>Refuses the move that was asked for.</summary>
    public async Task<Activity> RejectAsync(RejectTransitionRequest message, Caller caller, CancellationToken cancel)
    {
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting: false, message.Comment);
        return await store.RejectAsync(move, await ReviewerAsync(caller, move.Name, cancel), clock.ChangeBy(caller), cancel);
    }

    /// <summary>Takes a request back.</summary>
    public async Task<Activity> CancelAsync(DeleteTransitionRequest message, Caller caller, CancellationToken cancel)
    {
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting: false, message.Comment);
        var creator = TextRules.Optional(message.Creator, "creator", Limits.Principal) is { Length: > 0 } name ? name : caller.Name;
        return await store.CancelAsync(move, creator, await ReviewerAsync(caller, move.Name, cancel), clock.ChangeBy(caller), cancel);
    }

    private static StageTransition Move(TransitionStage message) =>
        StageRules.Transition(message.Name, message.Version, message.Stage, message.ArchiveExistingVersions ?? false, message.Comment);

    private ValueTask<Reviewer> ReviewerAsync(Caller caller, string model, CancellationToken cancel) =>
        Reviewer.OfAsync(access, caller, ObjectKinds.Model.Of(model), cancel);
}
