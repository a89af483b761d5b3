using System.Net;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Sets and changes passwords. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
public sealed class PasswordService
{
    /// <summary>The fewest characters of a password.</summary>
    public const int ShortestPassword = 8;

    internal const int LongestPassword = 256;
    internal const int LongestName = Limits.Principal;

    private readonly ICredentialStore _store;
    private readonly IIdentityStore _identities;
    private readonly PasswordHashing _hashing;
    private readonly TimeProvider _clock;

    /// <param name="store">Where they are kept, as hashes.</param>
    /// <param name="identities">Whose they are.</param>
    /// <param name="access">Says when what is remembered of them no longer counts.</param>
    /// <param name="hashing">Makes and checks the hashes.</param>
    /// <param name="clock">Gives the time of changes.</param>
    public PasswordService(ICredentialStore store, IIdentityStore identities, IAccessStore access, PasswordHashing hashing, TimeProvider clock)
    {
        (_store, _identities, _hashing, _clock) = (store, identities, hashing, clock);
        SignIn = new(store, access, hashing, clock);
    }

    /// <summary>Checks them.</summary>
    public PasswordSignIn SignIn { get; }

    /// <summary>A password that is good for choosing another one.</summary>
    internal static string NewOneTime() => Secret.New("");

    /// <summary>Refuses what can be no user's password, before there is one to set it for.</summary>
    internal static void RequireValid(string? password, string userName) => Check(password, "password", userName);

    /// <summary>The guard of <see cref="SetAsync(Granted{SetPassword}, CancellationToken)"/>.</summary>
    public static Guard<SetPassword> MaySet { get; } = Guards.Admin<SetPassword>();

    /// <summary>Sets a user's password or, where the message has none, a one-time password, which is in this answer and never again.</summary>
    public async Task<PasswordSet> SetAsync(Granted<SetPassword> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var oneTime = message.NewPassword is null ? NewOneTime() : null;
        await SetAsync(message.UserName, message.NewPassword ?? oneTime, oneTime is not null, caller, cancellationToken);
        return new(oneTime);
    }

    /// <summary>The guard of <see cref="ChangeOwnAsync"/>.</summary>
    public static Guard<ChangePassword> MayChangeOwn { get; } = new(Need.OwnPassword);

    /// <summary>Changes the caller's own password. The current one is asked for whatever the caller is signed in by: a token that fell into wrong hands must not take the user over.</summary>
    /// <param name="request">Both passwords.</param>
    /// <param name="address">From where, for slowing down those who guess.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c> when the current one is wrong.</exception>
    public async Task ChangeOwnAsync(Granted<ChangePassword> request, IPAddress? address, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var current = message.CurrentPassword is { Length: > 0 } given ? given : throw ProtocolException.Missing("current_password");
        var chosen = Check(message.NewPassword, "new_password", caller.Name);
        if (caller.Kind != PrincipalKind.User || await SignIn.FindAsync(caller.Name, current, address, cancellationToken) is null)
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, "The current password is wrong.");
        }

        if (chosen == current)
        {
            throw ProtocolException.Invalid("'new_password' is the current one: choose another.");
        }

        await SetAsync(caller.Id, caller.Name, chosen, oneTime: false, caller, cancellationToken);
    }

    /// <summary>Sets a user's password, for other services, which have asked whether the caller may.</summary>
    internal async Task SetAsync(string? userName, string? password, bool oneTime, Caller caller, CancellationToken cancellationToken)
    {
        var name = TextRules.Required(userName, "username", LongestName);
        var user = await _identities.FindAsync(PrincipalKind.User, name, cancellationToken)
            ?? throw ProtocolException.NotFound($"There is no user '{TextRules.Excerpt(name)}'.");
        await SetAsync(user.Id, user.Name, Check(password, "password", user.Name), oneTime, caller, cancellationToken);
    }

    private async Task SetAsync(long userId, string userName, string password, bool oneTime, Caller caller, CancellationToken cancellationToken)
    {
        if (userId == BuiltIn.LocalId)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"'{userName}' stands for everybody on a server without sign-in, and can't sign in: it has no password.");
        }

        await _store.SetPasswordAsync(userId, await _hashing.HashAsync(password, cancellationToken), oneTime, _clock.ChangeBy(caller), cancellationToken);
    }

    // The value is never repeated.
    private static string Check(string? password, string parameter, string userName)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw ProtocolException.Missing(parameter);
        }

        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            throw ProtocolException.Invalid($"'{parameter}' has {password.Length} characters: a password has from {ShortestPassword} to {LongestPassword}.");
        }

        return string.Equals(password, userName, StringComparison.OrdinalIgnoreCase)
            ? throw ProtocolException.Invalid($"'{parameter}' is the user's name: choose another.")
            : password;
    }
}
