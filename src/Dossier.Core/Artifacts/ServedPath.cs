namespace Dossier.Core.Artifacts;

/// <summary>
/// Where in the server's own store an experiment or a model version has its files, as stores keep it to find out whose a path is: in lower case,
/// since on some file systems <c>A</c> and <c>a</c> are one folder.
/// </summary>
public static class ServedPath
{
    /// <summary>The most segments of a location, and how deep below the root owners are looked for.</summary>
    public const int MostSegments = 64;

    /// <summary>The path that a URI means; null when this server does not serve it, and for the store's root, which belongs to nobody.</summary>
    /// <exception cref="Protocol.ProtocolException">As <see cref="ArtifactUri.TryServe"/>.</exception>
    public static string? Of(string? uri) => ArtifactUri.TryServe(uri) is { Value.Length: > 0 } path ? Fold(path.Value) : null;

    /// <summary>The path with all above it that could be the location it lies in, the shortest first; none for the store's root.</summary>
    public static IReadOnlyList<string> Above(ArtifactPath path)
    {
        var text = Fold(path.Value);
        var above = new List<string>();
        for (var end = text.IndexOf('/', StringComparison.Ordinal); end > 0 && above.Count < MostSegments; end = text.IndexOf('/', end + 1))
        {
            above.Add(text[..end]);
        }

        if (text.Length > 0 && above.Count < MostSegments)
        {
            above.Add(text);
        }

        return above;
    }

    private static string Fold(string path) => path.ToLowerInvariant();
}
