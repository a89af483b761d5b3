using System.Collections.Concurrent;
using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Signs in by token. Who was found is remembered until something that decides about access changes or the token ends, so that a warm request is no statement.</summary>
/// <param name="store">Where credentials are kept.</param>
/// <param name="access">Says when what is remembered no longer counts.</param>
/// <param name="clock">Says when a token ends.</param>
public sealed class TokenSignIn(ICredentialStore store, IAccessStore access, TimeProvider clock)
{
    private readonly Remembered<HashKey, TokenHolder> _holders = new(access);
    private readonly ConcurrentDictionary<long, long> _uses = new();

    /// <summary>Whom the token signs in; null for nobody.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c> for one who may not use tokens.</exception>
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
                ErrorCode.PermissionDenied, $"{holder.Caller.Name} may not use tokens: CAN_USE on {ObjectKinds.Tokens.Only().Text} is missing. An administrator can grant it.");
        }

        _uses[holder.TokenId] = now;
        return new(holder.Caller, holder.Kind == TokenKind.Session ? SignInMethod.Session : SignInMethod.Token);
    }

    /// <summary>Writes down when tokens were last used; meant to be called each minute or so, since a write with every request would cost more than the request.</summary>
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
            // One that came meanwhile stays for the next time.
            _uses.TryRemove(use);
        }
    }
}
