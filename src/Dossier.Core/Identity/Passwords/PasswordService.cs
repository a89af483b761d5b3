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
    /// <param name="access">Reports when remembered results expire.</param>
    /// <param name="hashing">Makes and checks the hashes.</param>
    /// <param name="clock">The time of changes.</param>
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

    /// <summary>
    /// Changes the caller's own password. The current one is required however the caller signed in, so that a stolen token cannot take over the account.
    /// </summary>
    /// <param name="request">Both passwords.</param>
    /// <param name="address">The client's address, for slowing down guesses.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c> when the current one is wrong.</exception>
    public Task ChangeOwnAsync(Granted<ChangePassword> request, IPAddress? address, CancellationToken cancellationToken) =>
        ChangeAsync(request.Message, request.Caller, address, cancellationToken);

    private async Task ChangeAsync(ChangePassword message, Caller caller, IPAddress? address, CancellationToken cancellationToken)
    {
        var current = message.CurrentPassword is { Length: > 0 } given ? given : throw ProtocolException.Missing("current_password");
        var chosen = Check(message.NewPassword, "new_password", caller.Name);
        if (caller.Kind != PrincipalKind.User || await SignIn.FindAsync(caller.Name, current, address, cancellationToken) is null)
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, "The current password is incorrect.");
        }

        if (chosen == current)
        {
            throw ProtocolException.Invalid("'new_password' is the same as the current password: choose a different one.");
        }

        await SetAsync(caller.Id, caller.Name, chosen, oneTime: false, caller, cancellationToken);
    }

    /// <summary>Changes a one-time password, or any other, of somebody who is not signed in yet.</summary>
    /// <param name="userName">The user's name.</param>
    /// <param name="message">Both passwords.</param>
    /// <param name="address">The client's address, for slowing down guesses.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>UNAUTHENTICATED</c> when name or current password is wrong; else as <see cref="ChangeOwnAsync"/>.</exception>
    public async Task ChangeOneTimeAsync(string? userName, ChangePassword message, IPAddress? address, CancellationToken cancellationToken)
    {
        var who = await SignIn.FindAsync(userName?.Trim() ?? "", message.CurrentPassword ?? "", address, cancellationToken)
            ?? throw new ProtocolException(ErrorCode.Unauthenticated, "User name or one-time password is wrong. Ask an administrator for a new one.");
        await ChangeAsync(message, who.Caller, address, cancellationToken);
    }

    /// <summary>Sets a user's password, for other services, which have asked whether the caller may.</summary>
    internal async Task SetAsync(string? userName, string? password, bool oneTime, Caller caller, CancellationToken cancellationToken)
    {
        var name = TextRules.Required(userName, "username", LongestName);
        var user = await _identities.FindAsync(PrincipalKind.User, name, cancellationToken)
            ?? throw ProtocolException.NotFound($"User '{TextRules.Excerpt(name)}' not found.");
        await SetAsync(user.Id, user.Name, Check(password, "password", user.Name), oneTime, caller, cancellationToken);
    }

    private async Task SetAsync(long userId, string userName, string password, bool oneTime, Caller caller, CancellationToken cancellationToken)
    {
        if (userId == BuiltIn.LocalId)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"'{userName}' represents all callers of a server without sign-in: it cannot sign in and has no password.");
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
            throw ProtocolException.Invalid($"'{parameter}' has {password.Length} characters: a password must have {ShortestPassword} to {LongestPassword}.");
        }

        return string.Equals(password, userName, StringComparison.OrdinalIgnoreCase)
            ? throw ProtocolException.Invalid($"'{parameter}' must not be the user's name: choose a different password.")
            : password;
    }
}
