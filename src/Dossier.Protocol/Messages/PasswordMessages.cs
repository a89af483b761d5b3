namespace Dossier.Protocol;

/// <summary>POST <c>/api/2.0/password/change</c>: the caller's own.</summary>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">The password from now on, 8 to 256 characters.</param>
public sealed record ChangePassword(string? CurrentPassword, string? NewPassword)
{
    /// <summary>Without the passwords.</summary>
    public override string ToString() => nameof(ChangePassword);
}

/// <summary>POST <c>/api/2.0/password/set</c>, for administrators.</summary>
/// <param name="UserName">Whose.</param>
/// <param name="NewPassword">The password; absent for one that the server makes.</param>
public sealed record SetPassword(string? UserName, string? NewPassword)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(SetPassword)} {{ UserName = {UserName} }}";
}

/// <summary>Answer of <c>password/set</c>.</summary>
/// <param name="OneTimePassword">What the server made, shown this once: the user signs in with it to choose a password. Absent where one was given.</param>
public sealed record PasswordSet(string? OneTimePassword)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(PasswordSet);
}
