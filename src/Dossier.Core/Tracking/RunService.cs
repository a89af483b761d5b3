using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>A run's life: create, read, update, delete, restore. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where runs are kept.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class RunService(ITrackingStore store, TimeProvider clock)
{
    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateRun> MayCreate { get; } =
        Guards.On<CreateRun>(PermissionLevel.CanEdit, ObjectKinds.Experiment, static m => ObjectKinds.OrDefault(m.ExperimentId));

    /// <summary>Starts a run in an active experiment.</summary>
    public Task<Run> CreateAsync(Granted<CreateRun> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var change = clock.ChangeBy(caller);
        var tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RunTagValue);
        var name = NameOf(message.RunName, tags);
        var run = new NewRun(
            message.RunId is null ? Guid.NewGuid().ToString("N") : IdRules.Run(message.RunId),
            ObjectKinds.OrDefault(message.ExperimentId),
            name,
            StartedBy(message, caller),
            NumberRules.OptionalTime(message.StartTime, "start_time") ?? change.At,
            [.. tags.Where(tag => tag.Key != WellKnownTags.RunName), new Tag(WellKnownTags.RunName, name)]);
        return store.CreateRunAsync(run, change, cancellationToken);
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetRun> MayGet { get; } = Guards.On<GetRun>(PermissionLevel.CanRead, ObjectKinds.Run, static m => m.RunId);

    /// <summary>The run, deleted or not.</summary>
    public Task<Run> GetAsync(Granted<GetRun> request, CancellationToken cancellationToken) =>
        FindAsync(request.Message.RunId!, cancellationToken);

    /// <summary>The guard of <see cref="UpdateAsync"/>.</summary>
    public static Guard<UpdateRun> MayUpdate { get; } = Guards.On<UpdateRun>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId);

    /// <summary>Changes status, end time and name as given.</summary>
    public Task<RunInfo> UpdateAsync(Granted<UpdateRun> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var status = string.IsNullOrEmpty(message.Status) ? null : message.Status;
        if (status is not null && !RunStatus.All.Contains(status))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(status), "status", $"Value must be one of {string.Join(", ", RunStatus.All)}.");
        }

        var update = new UpdateRun
        {
            RunId = message.RunId,
            Status = status,
            EndTime = NumberRules.OptionalTime(message.EndTime, "end_time"),
            RunName = string.IsNullOrEmpty(message.RunName) ? null : TextRules.Required(message.RunName, "run_name", Limits.RunTagValue),
        };
        return store.UpdateRunAsync(update, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<RunRef> MayDelete { get; } = Guards.On<RunRef>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId);

    /// <summary>Deletes a run; it can be restored.</summary>
    public Task DeleteAsync(Granted<RunRef> request, CancellationToken cancellationToken) =>
        store.SetRunDeletedAsync(request.Message.RunId!, true, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="RestoreAsync"/>.</summary>
    public static Guard<RunRef> MayRestore => MayDelete;

    /// <summary>Restores a deleted run.</summary>
    public Task RestoreAsync(Granted<RunRef> request, CancellationToken cancellationToken) =>
        store.SetRunDeletedAsync(request.Message.RunId!, false, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The run, for other services, whose guards have let its readers pass.</summary>
    internal async Task<Run> FindAsync(string runId, CancellationToken cancellationToken) =>
        await store.GetRunAsync(runId, cancellationToken) ?? throw RunNotFound(runId);

    /// <summary>The error for a run that isn't there.</summary>
    internal static ProtocolException RunNotFound(string runId) => ObjectKinds.Run.Of(runId).Missing();

    // Clients send the name of the machine's user. Who signed in is known better than that, and nobody else is to be named. A client that names nobody
    // wants nobody named, as the record of a Databricks workspace has it: its event tells who it was.
    private static string? StartedBy(CreateRun message, Caller caller)
    {
        var claimed = TextRules.Optional(message.UserId, "user_id", Limits.Principal);
        return claimed is null || caller.Id == BuiltIn.LocalId ? claimed : caller.Name;
    }

    private static string NameOf(string? runName, IReadOnlyList<Tag> tags)
    {
        var tagged = tags.FirstOrDefault(tag => tag.Key == WellKnownTags.RunName)?.Value;
        if (string.IsNullOrEmpty(runName))
        {
            return string.IsNullOrEmpty(tagged) ? RunNames.Next() : tagged;
        }

        var name = TextRules.Required(runName, "run_name", Limits.RunTagValue);
        return string.IsNullOrEmpty(tagged) || tagged == name
            ? name
            : throw ProtocolException.Invalid(
                $"Both 'run_name' and the tag '{WellKnownTags.RunName}' are given with different values: '{TextRules.Excerpt(name)}' and '{TextRules.Excerpt(tagged)}'. Send only one of them.");
    }
}
