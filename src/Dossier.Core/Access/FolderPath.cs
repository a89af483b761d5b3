using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>Which folder an experiment lies in: its name says it.</summary>
public static class FolderPath
{
    /// <summary>The root folder.</summary>
    public const string Root = "/";

    /// <summary>Where everybody may work together.</summary>
    public const string Shared = "/Shared";

    /// <summary>Where the home folders lie.</summary>
    public const string Users = "/Users";

    /// <summary>The home folder of a user or service principal.</summary>
    public static string Home(string principal) => $"{Users}/{principal}";

    /// <summary>
    /// The folder of an experiment: of <c>/Users/me/x/exp</c> it is <c>/Users/me/x</c>. A name that does not begin with a slash, as
    /// most clients give it, lies in the home folder of its creator: so everybody may create such experiments, and nobody else sees them.
    /// </summary>
    /// <param name="experimentName">The experiment's name.</param>
    /// <param name="creator">Who creates the experiment, or moves it by a new name.</param>
    public static string Of(string experimentName, string creator)
    {
        if (!experimentName.StartsWith('/'))
        {
            return Home(creator);
        }

        var parts = experimentName.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 2 ? Root : $"/{string.Join('/', parts[..^1])}";
    }

    /// <summary>A path that a request names, without a slash at its end.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for one that is not absolute or has an empty part or dots alone in it.</exception>
    internal static string Check(string? path, string parameter = "path")
    {
        var text = TextRules.Required(path, parameter, Limits.ExperimentName);
        if (text == Root)
        {
            return Root;
        }

        var trimmed = text.EndsWith('/') ? text[..^1] : text;
        return trimmed.StartsWith('/') && trimmed[1..].Split('/').All(part => part is not ("" or "." or ".."))
            ? trimmed
            : throw ProtocolException.InvalidValue(TextRules.Excerpt(text), parameter, "a path starts with '/' and has no empty part, '.' or '..' in it, e.g. /Shared/boards.");
    }

    /// <summary>The folder that a path other than the root's lies in, and its name there.</summary>
    internal static (string Parent, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash == 0 ? Root : path[..slash], path[(slash + 1)..]);
    }

    /// <summary>The path of what lies in a folder.</summary>
    public static string Join(string folder, string name) => folder == Root ? $"/{name}" : $"{folder}/{name}";

    /// <summary>Whether an experiment stays in its folder when it gets a new name: the same folder, or one plain name for another, whoever asks.</summary>
    public static bool StaysIn(string name, string newName) =>
        name.StartsWith('/') == newName.StartsWith('/') && Of(name, "") == Of(newName, "");
}
