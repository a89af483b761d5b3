using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Dossier.Core.Access;
using Dossier.Core.Audit;

namespace Dossier.Core.Identity;

/// <summary>
/// Finds out who is asking. Who was found is remembered until something that decides about access changes (<see cref="IAccessStore.Version"/>)
/// or the token ends, so that a warm request is no statement.
/// </summary>
/// <param name="store">Where credentials are kept.</param>
/// <param name="access">Says when what is remembered no longer counts.</param>
/// <param name="clock">Says when a token ends.</param>
public sealed class SignInService(ICredentialStore store, IAccessStore access, TimeProvider clock)
{
    // More are forgotten all at once: simple, and rare.
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<TokenKey, Found> _found = new();

    /// <summary>Whom the token signs in; null for nobody.</summary>
    public async ValueTask<Caller?> FindByTokenAsync(string token, CancellationToken cancel)
    {
        if (!Secret.MayBe(token))
        {
            return null;
        }

        var hash = Secret.Hash(token);
        var key = MemoryMarshal.Read<TokenKey>(hash);
        var version = access.Version;
        if (!_found.TryGetValue(key, out var found) || found.Version != version)
        {
            if (await store.FindTokenHolderAsync(hash, cancel) is not { } holder)
            {
                return null;
            }

            found = Remember(key, new(version, holder));
        }

        return IsGood(found.Holder) ? found.Holder.Caller : null;
    }

    private bool IsGood(TokenHolder holder) =>
        (holder.MayUse || holder.Kind != TokenKind.Personal) && (holder.ExpiresAt is null || holder.ExpiresAt > clock.Milliseconds());

    private Found Remember(TokenKey key, Found found)
    {
        if (_found.Count >= MostRemembered)
        {
            _found.Clear();
        }

        return _found[key] = found;
    }

    /// <summary>A hash, as a key.</summary>
    private readonly record struct TokenKey(UInt128 High, UInt128 Low);

    private readonly record struct Found(long Version, TokenHolder Holder);
}
