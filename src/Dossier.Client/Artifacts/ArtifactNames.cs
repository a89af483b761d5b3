using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Checks paths of artifacts: those that a server lists are as hostile as any input.</summary>
internal static class ArtifactNames
{
    /// <summary>The name of a listed file or folder: the last segment, since servers differ in what the path is relative to.</summary>
    /// <exception cref="ProtocolException">The path would lead elsewhere.</exception>
    public static string OfListed(string path) => Segments(path) is { Length: > 0 } segments
        ? segments[^1]
        : throw ProtocolException.Invalid("The server lists an artifact without a name.");

    /// <summary>The segments of a relative path; none for the root.</summary>
    /// <exception cref="ProtocolException">The path is absolute, has <c>..</c>, empty segments, backslashes or control characters.</exception>
    public static string[] Segments(string path)
    {
        if (path.Length == 0)
        {
            return [];
        }

        var segments = path.Split('/');
        return segments.All(segment => segment is not ("" or "." or "..") && !segment.Any(c => c == '\\' || char.IsControl(c)))
            ? segments
            : throw ProtocolException.Invalid(
                $"Artifact path '{path}' must be relative and use '/'; '..', empty parts, backslashes and control characters are not allowed.");
    }

    /// <summary>The path, percent-encoded for a URL.</summary>
    public static string Encode(string path) => string.Join('/', Segments(path).Select(Uri.EscapeDataString));

    public static string Join(string root, string path) => root.Length == 0 ? path : path.Length == 0 ? root : root + "/" + path;

    /// <summary>The local file for an artifact; always inside <paramref name="folder"/>.</summary>
    public static string Local(string folder, string path)
    {
        var root = Path.GetFullPath(folder);
        var segments = Segments(path);
        var local = Path.GetFullPath(Path.Combine([root, .. segments]));
        var inside = local.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return inside && !segments.Any(segment => segment.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
            ? local
            : throw ProtocolException.Invalid($"Artifact '{path}' cannot be stored under that name on this machine.");
    }
}
