using Dossier.Core.Access;
using Dossier.Core.Identity;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Oidc;

/// <summary>Signs in with the identity provider's own tokens. Who was found is remembered until something that decides about access changes or the token ends.</summary>
internal sealed class ProviderSignIn(Provider provider, ProviderUsers users, IAccessStore access, TimeProvider clock)
{
    private const int LongestToken = 16 * 1024;
    private readonly Remembered<HashKey, (SignedIn Who, DateTimeOffset Until)> _found = new(access);

    /// <summary>Whether this may be a token of a provider: three parts with dots.</summary>
    public static bool MayBe(string token) => token.Length <= LongestToken && token.AsSpan().Count('.') == 2;

    /// <summary>Whom the token signs in; null for nobody.</summary>
    public async ValueTask<SignedIn?> FindAsync(string token, HttpContext http)
    {
        var key = HashKey.Of(Secret.Hash(token));
        if (_found.TryGet(key, out var found) && found.Until > clock.GetUtcNow())
        {
            return found.Who;
        }

        var version = _found.Version;
        if (await provider.ReadAsync(token, http.RequestAborted) is not var (user, read))
        {
            return null;
        }

        var who = new SignedIn(await users.SignInAsync(user, http.RequestAborted), SignInMethod.Provider);
        _found.Add(key, version, (who, read.ValidTo));
        return who;
    }
}
