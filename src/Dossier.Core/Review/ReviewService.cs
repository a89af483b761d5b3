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
    /// <summary>The guard of <see cref="TransitionAsync"/>.</summary>
    public static Guard<TransitionStage> MayTransition { get; } =
        Guards.On<TransitionStage>(PermissionLevel.CanManageStagingVersions, ObjectKinds.Model, static m => m.Name);

    /// <summary>Moves the version to a stage, and others of that stage to Archived if asked.</summary>
    public async Task<ModelVersion> TransitionAsync(Granted<TransitionStage> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var move = Move(message);
        return await store.TransitionAsync(move, await ReviewerAsync(caller, move.Name, cancellationToken), clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>As <see cref="TransitionAsync"/>; the answer tells the caller's level and the open requests too.</summary>
    public async Task<ModelVersion> TransitionReviewedAsync(Granted<TransitionStage> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var move = Move(message);
        var reviewer = await ReviewerAsync(caller, move.Name, cancellationToken);
        var moved = await store.TransitionAsync(move, reviewer, clock.ChangeBy(caller), cancellationToken);
        var review = await store.GetAsync(move.Name, move.Version, cancellationToken);
        return moved with { PermissionLevel = reviewer.Level.Name(), OpenRequests = review.For(reviewer) };
    }

    /// <summary>The guard of <see cref="CreateRequestAsync"/>.</summary>
    public static Guard<CreateTransitionRequest> MayCreateRequest { get; } =
        Guards.On<CreateTransitionRequest>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>Asks for a move.</summary>
    public async Task<Activity> CreateRequestAsync(Granted<CreateTransitionRequest> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting: false, message.Comment);
        var reviewer = await ReviewerAsync(caller, move.Name, cancellationToken);
        return (await store.CreateRequestAsync(move, clock.ChangeBy(caller), cancellationToken)).For(reviewer)[0];
    }

    /// <summary>The guard of <see cref="ListRequestsAsync"/>.</summary>
    public static Guard<ListTransitionRequests> MayListRequests { get; } =
        Guards.On<ListTransitionRequests>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>The open requests.</summary>
    public async Task<IReadOnlyList<Activity>> ListRequestsAsync(Granted<ListTransitionRequests> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var review = await store.GetAsync(message.Name!, NumberRules.Version(message.Version), cancellationToken);
        return review.For(await ReviewerAsync(caller, review.Name, cancellationToken));
    }

    /// <summary>The guard of <see cref="ApproveAsync"/>.</summary>
    public static Guard<ApproveTransitionRequest> MayApprove { get; } =
        Guards.On<ApproveTransitionRequest>(PermissionLevel.CanManageStagingVersions, ObjectKinds.Model, static m => m.Name);

    /// <summary>Makes the move that was asked for.</summary>
    public async Task<Activity> ApproveAsync(Granted<ApproveTransitionRequest> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var archiveExisting = message.ArchiveExistingVersions ?? throw ProtocolException.Missing("archive_existing_versions");
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting, message.Comment);
        return await store.ApproveAsync(move, await ReviewerAsync(caller, move.Name, cancellationToken), clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="RejectAsync"/>.</summary>
    public static Guard<RejectTransitionRequest> MayReject { get; } =
        Guards.On<RejectTransitionRequest>(PermissionLevel.CanManageStagingVersions, ObjectKinds.Model, static m => m.Name);

    /// <summary>Refuses the move that was asked for.</summary>
    public async Task<Activity> RejectAsync(Granted<RejectTransitionRequest> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting: false, message.Comment);
        return await store.RejectAsync(move, await ReviewerAsync(caller, move.Name, cancellationToken), clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="CancelAsync"/>.</summary>
    public static Guard<DeleteTransitionRequest> MayCancel { get; } =
        Guards.On<DeleteTransitionRequest>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>Takes a request back.</summary>
    public async Task<Activity> CancelAsync(Granted<DeleteTransitionRequest> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var move = StageRules.Transition(message.Name, message.Version, message.Stage, archiveExisting: false, message.Comment);
        var creator = TextRules.Optional(message.Creator, "creator", Limits.Principal) is { Length: > 0 } name ? name : caller.Name;
        return await store.CancelAsync(move, creator, await ReviewerAsync(caller, move.Name, cancellationToken), clock.ChangeBy(caller), cancellationToken);
    }

    private static StageTransition Move(TransitionStage message) =>
        StageRules.Transition(message.Name, message.Version, message.Stage, message.ArchiveExistingVersions ?? false, message.Comment);

    private ValueTask<Reviewer> ReviewerAsync(Caller caller, string model, CancellationToken cancellationToken) =>
        Reviewer.OfAsync(access, caller, ObjectKinds.Model.Of(model), cancellationToken);
}
