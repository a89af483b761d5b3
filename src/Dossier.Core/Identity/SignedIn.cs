using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>How a caller signed in.</summary>
public enum SignInMethod
{
    /// <summary>Not at all: the server has no sign-in.</summary>
    None,

    /// <summary>A personal access token, or one that OAuth handed out.</summary>
    Token,

    /// <summary>User name and password.</summary>
    Password,

    /// <summary>A token of the identity provider.</summary>
    Provider,

    /// <summary>A browser's session.</summary>
    Session,
}

/// <summary>A caller who is signed in.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Method">By what.</param>
/// <param name="MustChangePassword">Whether a one-time password was used, with which nothing but another password can be had.</param>
public sealed record SignedIn(Caller Caller, SignInMethod Method, bool MustChangePassword = false)
{
    /// <summary>Every caller of a server without sign-in.</summary>
    public static SignedIn Local { get; } = new(Caller.Local, SignInMethod.None);
}
