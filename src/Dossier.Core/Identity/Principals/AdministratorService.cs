using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Makes administrators without being one: for who can reach the database itself.</summary>
/// <param name="store">Where principals are kept.</param>
/// <param name="passwords">Sets the one-time password.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class AdministratorService(IIdentityStore store, PasswordService passwords, TimeProvider clock)
{
    private static readonly Caller Operator = new() { Id = 0, Name = "dossier", Kind = PrincipalKind.User, PrincipalIds = [BuiltIn.AdminsId] };

    /// <summary>Makes a user an administrator, and the user if need be, and gives it a one-time password.</summary>
    /// <returns>The one-time password.</returns>
    /// <exception cref="ProtocolException">The name is none, or is of a user who is not active.</exception>
    public async Task<string> CreateAsync(string? userName, CancellationToken cancel)
    {
        var name = TextRules.Required(userName?.Trim(), "name", Limits.Principal);
        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw ProtocolException.InvalidValue(TextRules.Excerpt(name), "name", "a user name must not contain ':', which separates it from the password.");
        }

        var change = clock.ChangeBy(Operator);
        var user = await store.FindAsync(PrincipalKind.User, name, cancel)
            ?? await store.CreateAsync(new() { Kind = PrincipalKind.User, Name = name, DisplayName = name }, change, cancel);
        if (!user.Active)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"The user '{user.Name}' is deactivated. Choose another name.");
        }

        var oneTime = PasswordService.NewOneTime();
        await passwords.SetAsync(user.Name, oneTime, oneTime: true, Operator, cancel);
        await store.ChangeMembersAsync(BuiltIn.AdminsId, [user.Id], [], change, cancel);
        return oneTime;
    }
}
