namespace Dossier.Web.Pages;

/// <summary>What the start page shows.</summary>
/// <param name="Address">The address that clients use, without a slash at its end.</param>
/// <param name="ProtocolVersion">The MLflow version whose protocol is spoken.</param>
/// <param name="RequiresSignIn">Whether callers must sign in.</param>
public sealed record HomeModel(string Address, string ProtocolVersion, bool RequiresSignIn);

/// <summary>What the sign-in page shows.</summary>
public sealed record LoginModel
{
    /// <summary>Where the browser goes afterwards: a path of this server.</summary>
    public required string ReturnTo { get; init; }

    /// <summary>The user name that was entered before.</summary>
    public string? UserName { get; init; }

    /// <summary>Why signing in failed; null before the first attempt.</summary>
    public string? Error { get; init; }

    /// <summary>Whether a one-time password is to be replaced by one of the user's own.</summary>
    public bool ChoosesPassword { get; init; }

    /// <summary>The identity provider's name, where one can be used; else null.</summary>
    public string? Provider { get; init; }

    /// <summary>The address to sign in at the provider.</summary>
    public string? ProviderUrl { get; init; }
}

/// <summary>What an error page shows.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What is wrong, as the API would say it.</param>
public sealed record ErrorModel(int Status, string Message);
