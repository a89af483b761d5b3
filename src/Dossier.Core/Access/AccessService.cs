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

    /// <summary>The caller's level on an object; null if there is no such object.</summary>
    public async ValueTask<PermissionLevel?> LevelAsync(Caller caller, AccessObject target, CancellationToken cancel)
    {
        var version = store.Version;
        if (_found.TryGetValue((caller.Id, target), out var found) && found.Version == version)
        {
            return found.Level;
        }

        var level = await store.FindLevelAsync(target, caller.PrincipalIds, cancel);
        if (level is { } known)
        {
            // Administrators manage everything, also what nobody has granted them.
            level = known = caller.IsAdmin ? PermissionLevel.CanManage : known;
            if (known < PermissionLevel.CanRead && target is AccessObject.Artifact)
            {
                // A new version of a model may open a path, and is no change of access.
                return level;
            }

            if (_found.Count >= MostRemembered)
            {
                _found.Clear();
            }

            _found[(caller.Id, target)] = new(version, known);
        }

        return level;
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
            throw level < PermissionLevel.CanRead && needed >= PermissionLevel.CanRead ? target.Hidden(caller) : Denied(caller, target, level, needed);
        }
    }

    /// <summary>The answer to somebody who has too little.</summary>
    public static ProtocolException Denied(Caller caller, AccessObject target, PermissionLevel has, PermissionLevel needed) => new(
        ErrorCode.PermissionDenied,
        $"{caller.Name} does not have permission {needed.Name()} on {target.Text}, only {has.Name()}. Somebody with CAN_MANAGE on it can grant more.");

    private readonly record struct Found(long Version, PermissionLevel Level);
}
