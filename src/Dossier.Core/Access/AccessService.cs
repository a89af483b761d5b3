using System.Collections.Concurrent;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>
/// Answers "may they?". What was found out is remembered until something that decides about access changes (<see cref="IAccessStore.Version"/>),
/// so that a warm check is no statement.
/// </summary>
/// <param name="store">Where grants are.</param>
public sealed class AccessService(IAccessStore store)
{
    // More are forgotten all at once: simple, and rare.
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(long Principal, AccessObject Target), Found> _found = new();
    private long _remembered;
    private long _lookedUp;

    /// <summary>Checks of a level that were answered from memory.</summary>
    public long Remembered => Interlocked.Read(ref _remembered);

    /// <summary>Checks of a level that asked the store.</summary>
    public long LookedUp => Interlocked.Read(ref _lookedUp);

    /// <summary>The caller's level on an object; null if there is no such object.</summary>
    public async ValueTask<PermissionLevel?> LevelAsync(Caller caller, AccessObject target, CancellationToken cancel)
    {
        var version = store.Version;
        if (Recall(caller, target, version) is { } found)
        {
            Interlocked.Increment(ref _remembered);
            return found;
        }

        Interlocked.Increment(ref _lookedUp);
        return await store.FindLevelAsync(target, caller.PrincipalIds, cancel) is { } level ? Remember(caller, target, version, level)
            : null;
    }

    /// <summary>Lets a caller pass who has at least this level on the object.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c> says what is missing; an object that the caller may not read is answered as one that isn't there.</exception>
    public async ValueTask RequireAsync(Caller caller, AccessObject target, PermissionLevel needed, CancellationToken cancel)
    {
        if (caller.IsAdmin)
        {
            // May do everything; whether the object is there, the operation itself says.
            return;
        }

        var level = await LevelAsync(caller, target, cancel) ?? throw target.Missing();
        if (level < needed)
        {
            throw Refusal(caller, target, level, needed);
        }
    }

    /// <summary>As for one object; what isn't remembered of several is found out together.</summary>
    /// <inheritdoc cref="RequireAsync(Caller, AccessObject, PermissionLevel, CancellationToken)" path="/exception"/>
    public async ValueTask RequireAsync(Caller caller, IReadOnlyList<AccessObject> targets, PermissionLevel needed, CancellationToken cancel)
    {
        if (!caller.IsAdmin && targets.Count > 1)
        {
            var version = store.Version;
            var unknown = targets.Where(target => Recall(caller, target, version) is null).ToHashSet();
            if (unknown.Count > 1)
            {
                foreach (var (target, level) in await store.FindLevelsAsync(unknown, caller.PrincipalIds, cancel))
                {
                    Remember(caller, target, version, level);
                }
            }
        }

        foreach (var target in targets)
        {
            await RequireAsync(caller, target, needed, cancel);
        }
    }

    /// <summary>The answer to somebody who has too little, which of what he may not read does not say that it is there.</summary>
    public static ProtocolException Refusal(Caller caller, AccessObject target, PermissionLevel has, PermissionLevel needed) =>
        target.IsHidden && has < PermissionLevel.CanRead && needed >= PermissionLevel.CanRead ? target.Hidden(caller) : Denied(caller, target, has, needed);

    /// <summary>The answer to somebody who has too little on what he may read.</summary>
    public static ProtocolException Denied(Caller caller, AccessObject target, PermissionLevel has, PermissionLevel needed) => new(
        ErrorCode.PermissionDenied,
        $"{caller.Name} does not have permission {needed.Name()} on {target.Text}, only {has.Name()}. Somebody with CAN_MANAGE on it can grant more.");

    // A request may still run with the groups that its caller had when it began: what it finds counts for these alone.
    private PermissionLevel? Recall(Caller caller, AccessObject target, long version) =>
        _found.TryGetValue((caller.Id, target), out var found) && found.Version == version
        && (ReferenceEquals(found.PrincipalIds, caller.PrincipalIds) || found.PrincipalIds.SequenceEqual(caller.PrincipalIds))
            ? found.Level
            : null;

    private PermissionLevel Remember(Caller caller, AccessObject target, long version, PermissionLevel level)
    {
        // Administrators manage everything, also what nobody has granted them.
        level = caller.IsAdmin ? PermissionLevel.CanManage : level;
        if (level < PermissionLevel.CanRead && target.Kind.Lookup == Lookup.ServedPath)
        {
            // A new version of a model may open a path, and is no change of access.
            return level;
        }

        if (_found.Count >= MostRemembered)
        {
            _found.Clear();
        }

        _found[(caller.Id, target)] = new(version, caller.PrincipalIds, level);
        return level;
    }

    private readonly record struct Found(long Version, IReadOnlyList<long> PrincipalIds, PermissionLevel Level);
}
