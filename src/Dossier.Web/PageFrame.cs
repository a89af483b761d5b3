namespace Dossier.Web;

/// <summary>What every page knows, whatever it shows.</summary>
public sealed record PageFrame
{
    /// <summary>What all paths of this server begin with, e.g. <c>/mlflow</c>; mostly empty.</summary>
    public required string PathBase { get; init; }

    /// <summary>The server's version.</summary>
    public required string Version { get; init; }

    /// <summary>The user who is signed in; null for nobody, and on a server without sign-in.</summary>
    public string? UserName { get; init; }

    /// <summary>Whether the user is signed in by a session, which the page can end.</summary>
    public bool CanSignOut { get; init; }

    /// <summary>Proves that a form comes from a page of this server: the value of the field <see cref="FormField"/>.</summary>
    public required string FormToken { get; init; }

    /// <summary>The name of the field that holds <see cref="FormToken"/>.</summary>
    public const string FormField = "form_token";

    /// <summary>The address of a path of this server.</summary>
    /// <param name="path">The path, e.g. <c>/login</c>.</param>
    public string Url(string path) => PathBase + path;

    /// <summary>The address of an asset.</summary>
    /// <param name="name">The asset's file name.</param>
    public string Asset(string name) => PathBase + WebAssets.PathOf(name);
}
