using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>Whom a password would sign in.</summary>
/// <param name="Hash">Of the password, with its salt and cost.</param>
/// <param name="OneTime">Whether it is good for choosing another one alone.</param>
/// <param name="MayUse">Whether the user has CAN_USE on <c>authorization/passwords</c>.</param>
/// <param name="Caller">The user with all its groups.</param>
public sealed record PasswordHolder(string Hash, bool OneTime, bool MayUse, Caller Caller)
{
    /// <summary>Without the hash.</summary>
    public override string ToString() => $"{nameof(PasswordHolder)} {{ Caller = {Caller} }}";
}
