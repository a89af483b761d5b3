using System.Net;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>A session that has begun.</summary>
/// <param name="Value">What the browser keeps; cannot be read again.</param>
/// <param name="Caller">Whom the session signs in.</param>
public sealed record NewSession(string Value, Caller Caller)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => $"{nameof(NewSession)} {{ Caller = {Caller} }}";
}

/// <summary>
/// Browser sessions: begun by password or at the identity provider, kept as tokens of a kind of their own, which no API client can sign in with. A session
/// ends by signing out, after <see cref="Lifetime"/>, when its user is deactivated or deleted, and when the user's password is set.
/// </summary>
/// <param name="store">Where sessions are kept, as hashes.</param>
/// <param name="passwords">Checks passwords, and slows down those who guess.</param>
/// <param name="provided">Users that the identity provider knows.</param>
/// <param name="tokens">Finds sessions.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class SessionService(ICredentialStore store, PasswordService passwords, ProviderUsers provided, TokenSignIn tokens, TimeProvider clock)
{
    /// <summary>How long a session lasts.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    /// <summary>Begins a session for somebody whom the identity provider has signed in.</summary>
    /// <param name="user">What the provider says of them, with its signature checked.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">As <see cref="ProviderUsers.SignInAsync"/>.</exception>
    public async Task<NewSession> BeginAsync(ProviderUser user, CancellationToken cancellationToken) =>
        await BeginAsync(await provided.SignInAsync(user, cancellationToken), cancellationToken);

    /// <summary>Begins a session by user name and password. A one-time password does not begin one: <see cref="PasswordService.ChangeOneTimeAsync"/> comes first.</summary>
    /// <param name="userName">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">Where the request comes from, for slowing down those who guess.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException"><c>UNAUTHENTICATED</c> for a wrong name or password, <c>PERMISSION_DENIED</c> for a user who may not use passwords,
    /// <c>REQUEST_LIMIT_EXCEEDED</c> after too many failures, <c>INVALID_STATE</c> for a one-time password.</exception>
    public async Task<NewSession> BeginAsync(string? userName, string? password, IPAddress? address, CancellationToken cancellationToken)
    {
        var who = await passwords.SignIn.FindAsync(userName?.Trim() ?? "", password ?? "", address, cancellationToken)
            ?? throw new ProtocolException(ErrorCode.Unauthenticated, "User name or password is wrong. If you forgot it, ask an administrator for a new one.");
        return who.MustChangePassword
            ? throw new ProtocolException(ErrorCode.InvalidState, "This is a one-time password. Choose your own password to sign in.")
            : await BeginAsync(who.Caller, cancellationToken);
    }

    /// <summary>Whom a session signs in; null for a value that is not of a session, or of one that has ended.</summary>
    /// <param name="value">What the browser kept.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask<SignedIn?> FindAsync(string value, CancellationToken cancellationToken) =>
        await tokens.FindAsync(value, cancellationToken) is { Method: SignInMethod.Session } who ? who : null;

    /// <summary>Ends a session; does nothing if it has ended already.</summary>
    /// <param name="value">What the browser kept.</param>
    /// <param name="caller">Whose session it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task EndAsync(string value, Caller caller, CancellationToken cancellationToken) =>
        store.EndSessionAsync(Secret.Hash(value), clock.ChangeBy(caller), cancellationToken);

    private async Task<NewSession> BeginAsync(Caller caller, CancellationToken cancellationToken)
    {
        var value = Secret.New(Secret.TokenPrefix);
        var change = clock.ChangeBy(caller);
        await store.AddTokenAsync(
            new(TokenKind.Session, caller.Id, Secret.Hash(value), change.At + (long)Lifetime.TotalMilliseconds, null), change, cancellationToken);
        return new(value, caller);
    }
}
