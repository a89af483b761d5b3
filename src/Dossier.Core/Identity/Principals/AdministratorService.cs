using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>
/// Makes administrators, and the first users of a record, for whoever can reach the database itself: nobody has to be signed in.
/// </summary>
/// <param name="store">Where principals are kept.</param>
/// <param name="credentials">Where tokens are kept.</param>
/// <param name="passwords">Sets the one-time password.</param>
/// <param name="clock">The time of changes.</param>
public sealed class AdministratorService(IIdentityStore store, ICredentialStore credentials, PasswordService passwords, TimeProvider clock)
{
    /// <summary>Whether anybody can administer the record.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken) => store.HasAdministratorAsync(cancellationToken);

    /// <summary>Makes a user an administrator, and the user if need be, and gives it a one-time password.</summary>
    /// <returns>The one-time password.</returns>
    /// <exception cref="ProtocolException">The name is not valid for a user, or its user is deactivated.</exception>
    public async Task<string> CreateAsync(string? userName, CancellationToken cancellationToken)
    {
        var name = TextRules.Required(userName?.Trim(), "name", Limits.Principal);
        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw ProtocolException.InvalidValue(TextRules.Excerpt(name), "name", "a user name cannot contain a colon, which separates it from the password.");
        }

        var change = clock.ChangeBy(Caller.Operator);
        var user = await store.FindAsync(PrincipalKind.User, name, cancellationToken)
            ?? await store.CreateAsync(new() { Kind = PrincipalKind.User, Name = name, DisplayName = name }, change, cancellationToken);
        if (!user.Active)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"The user '{user.Name}' is deactivated. Choose another name.");
        }

        var oneTime = PasswordService.NewOneTime();
        await passwords.SetAsync(user.Name, oneTime, oneTime: true, Caller.Operator, cancellationToken);
        await store.ChangeMembersAsync(BuiltIn.AdminsId, [user.Id], [], change, cancellationToken);
        return oneTime;
    }

    /// <summary>Adds a user or service principal, without a password.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="administrator">Whether it becomes an administrator.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">The name is not valid, or is taken.</exception>
    public async Task<Principal> AddAsync(Principal principal, bool administrator, CancellationToken cancellationToken)
    {
        var change = clock.ChangeBy(Caller.Operator);
        var added = await store.CreateAsync(PrincipalRules.Check(principal), change, cancellationToken);
        if (administrator)
        {
            await store.ChangeMembersAsync(BuiltIn.AdminsId, [added.Id], [], change, cancellationToken);
        }

        return added;
    }

    /// <summary>Creates a token that does not expire, as if its owner had created it.</summary>
    /// <param name="owner">Whom the token signs in.</param>
    /// <param name="comment">What the token is for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token's value, which cannot be read again.</returns>
    public async Task<string> CreateTokenAsync(Principal owner, string comment, CancellationToken cancellationToken)
    {
        var value = Secret.New(Secret.TokenPrefix);
        await credentials.AddTokenAsync(
            new(TokenKind.Personal, owner.Id, Secret.Hash(value), ExpiresAt: null, comment),
            new(owner.Name, clock.Milliseconds(), owner.Id),
            cancellationToken);
        return value;
    }
}
