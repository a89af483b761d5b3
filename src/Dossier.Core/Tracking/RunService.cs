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
    private const string DefaultExperimentId = "0";

    /// <summary>Starts a run in an active experiment.</summary>
    public Task<Run> CreateAsync(CreateRun message, Caller caller, CancellationToken cancel)
    {
        var change = clock.ChangeBy(caller);
        var tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RunTagValue);
        var name = NameOf(message.RunName, tags);
        var run = new NewRun(
            message.RunId is null ? Guid.NewGuid().ToString("N") : IdRules.Run(message.RunId),
            string.IsNullOrEmpty(message.ExperimentId) ? DefaultExperimentId : IdRules.Experiment(message.ExperimentId),
            name,
            StartedBy(message, caller),
            NumberRules.OptionalTime(message.StartTime, "start_time") ?? change.At,
            [.. tags.Where(tag => tag.Key != WellKnownTags.RunName), new Tag(WellKnownTags.RunName, name)]);
        return store.CreateRunAsync(run, change, cancel);
    }

    /// <summary>The run, deleted or not; either id will do.</summary>
    public async Task<Run> GetAsync(string? runId, string? runUuid, CancellationToken cancel)
    {
        var id = IdRules.EitherRun(runId, runUuid);
        return await store.GetRunAsync(id, cancel) ?? throw RunNotFound(id);
    }

    /// <summary>Changes status, end time and name as given.</summary>
    public Task<RunInfo> UpdateAsync(UpdateRun message, Caller caller, CancellationToken cancel)
    {
        var status = string.IsNullOrEmpty(message.Status) ? null : message.Status;
        if (status is not null && !RunStatus.All.Contains(status))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(status), "status", $"Value must be one of {string.Join(", ", RunStatus.All)}.");
        }

        var id = IdRules.EitherRun(message.RunId, message.RunUuid);
        var update = new UpdateRun
        {
            RunId = id,
            RunUuid = id,
            Status = status,
            EndTime = NumberRules.OptionalTime(message.EndTime, "end_time"),
            RunName = string.IsNullOrEmpty(message.RunName) ? null : TextRules.Required(message.RunName, "run_name", Limits.RunTagValue),
        };
        return store.UpdateRunAsync(update, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes a run; it can be restored.</summary>
    public Task DeleteAsync(RunRef message, Caller caller, CancellationToken cancel) =>
        store.SetRunDeletedAsync(IdRules.Run(message.RunId), true, clock.ChangeBy(caller), cancel);

    /// <summary>Restores a deleted run.</summary>
    public Task RestoreAsync(RunRef message, Caller caller, CancellationToken cancel) =>
        store.SetRunDeletedAsync(IdRules.Run(message.RunId), false, clock.ChangeBy(caller), cancel);

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
