using System.Collections.Concurrent;
using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>
/// Signs in by token. The holder is remembered until access changes or the token expires, so that a warm request needs no statement.
/// </summary>
/// <param name="store">Where credentials are kept.</param>
/// <param name="access">Reports when remembered results expire.</param>
/// <param name="clock">Says when a token ends.</param>
public sealed class TokenSignIn(ICredentialStore store, IAccessStore access, TimeProvider clock)
{
    private readonly Remembered<HashKey, TokenHolder> _holders = new(access);
    private readonly ConcurrentDictionary<long, long> _uses = new();

    /// <summary>The holder whom the token signs in; null if the token is not valid.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c> if the holder is not allowed to use tokens.</exception>
    public async ValueTask<SignedIn?> FindAsync(string token, CancellationToken cancel)
    {
        if (!Secret.MayBe(token))
        {
            return null;
        }

        var hash = Secret.Hash(token);
        var key = HashKey.Of(hash);
        var version = _holders.Version;
        if (!_holders.TryGet(key, out var holder))
        {
            holder = await store.FindTokenHolderAsync(hash, cancel);
            if (holder is null)
            {
                return null;
            }

            _holders.Add(key, version, holder);
        }

        var now = clock.Milliseconds();
        if (holder.ExpiresAt <= now)
        {
            return null;
        }

        if (!holder.MayUse && holder.Kind == TokenKind.Personal)
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied, $"{holder.Caller.Name} is not allowed to use tokens: CAN_USE on {ObjectKinds.Tokens.Only().Text} is missing. An administrator can grant it.");
        }

        _uses[holder.TokenId] = now;
        return new(holder.Caller, holder.Kind == TokenKind.Session ? SignInMethod.Session : SignInMethod.Token);
    }

    /// <summary>
    /// Writes down when tokens were last used; meant to be called each minute or so, since a write with every request would cost more than
    /// the request.
    /// </summary>
    public async Task NoteUsesAsync(CancellationToken cancel)
    {
        var uses = _uses.ToArray();
        if (uses.Length == 0)
        {
            return;
        }

        await store.NoteTokenUsesAsync(uses, cancel);
        foreach (var use in uses)
        {
            // A newer one stays for the next time.
            _uses.TryRemove(use);
        }
    }
}
