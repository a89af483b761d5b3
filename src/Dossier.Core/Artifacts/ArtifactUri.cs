using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>Artifact URIs: which are sane, and which this server serves (<c>mlflow-artifacts:/…</c>).</summary>
public static class ArtifactUri
{
    /// <summary>The scheme of what this server serves, without a trailing slash: <c>ServedRoot + "/1"</c> is a location.</summary>
    public const string ServedRoot = "mlflow-artifacts:";

    // Enough for any honest URI; each round of decoding could uncover another "..".
    private const int MaxDecodings = 5;

    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "mlflow-artifacts", "s3", "r2", "b2", "gs", "wasb", "wasbs", "abfs", "abfss", "adl", "dbfs", "hdfs", "viewfs", "ftp", "sftp", "http", "https",
    };

    /// <summary>The path in the artifact store that the URI means; null when this server doesn't serve it.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for a served URI with a path that could leave its root.</exception>
    public static ArtifactPath? TryServe(string? uri)
    {
        if (uri is null || !uri.StartsWith(ServedRoot + "/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = uri.AsSpan(ServedRoot.Length);
        // With an authority it is another server's.
        if (path.StartsWith("//") && !path.StartsWith("///"))
        {
            return null;
        }

        return ArtifactPath.Parse(path.TrimStart('/').ToString());
    }

    /// <summary>The URI of something below.</summary>
    public static string Append(string uri, string? relative) =>
        string.IsNullOrEmpty(relative) ? uri : $"{uri.TrimEnd('/')}/{relative}";

    /// <summary>An experiment's artifact location as the client asks for it; null when it asks for none.</summary>
    internal static string? CheckLocation(string? location)
    {
        if (string.IsNullOrEmpty(location))
        {
            return null;
        }

        var uri = TextRules.Required(location, "artifact_location", Limits.Uri);
        var fault = FaultOf(uri) ?? (SchemeOf(uri) is null ? "it must be a URI like 'mlflow-artifacts:/path' or 's3://bucket/path'; local paths are not allowed." : null);
        return fault is null ? uri : throw ProtocolException.InvalidValue(TextRules.Excerpt(uri), "artifact_location", fault);
    }

    /// <summary>The URI's scheme, if it is one of an artifact store; null for local paths and anything else.</summary>
    internal static string? SchemeOf(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && uri.AsSpan(colon + 1).StartsWith("/") && Schemes.TryGetValue(uri[..colon], out var scheme) ? scheme : null;
    }

    /// <summary>What makes the URI unfit to be stored, as a sentence; null when nothing does.</summary>
    internal static string? FaultOf(string uri)
    {
        var text = uri;
        for (var round = 0; round < MaxDecodings; round++)
        {
            if (text.Split('/', '\\').Contains(".."))
            {
                return "it must not contain '..', encoded or not.";
            }

            if (text.Any(char.IsControl) || text.Contains('\\', StringComparison.Ordinal))
            {
                return "it must not contain backslashes or control characters, encoded or not.";
            }

            var decoded = Uri.UnescapeDataString(text);
            if (decoded == text)
            {
                return text.AsSpan().ContainsAny('?', '#') ? "it must not have a query or fragment."
                    : HasPassword(uri) ? "it must not carry a password."
                    : null;
            }

            text = decoded;
        }

        return "it is percent-encoded too many times.";
    }

    private static bool HasPassword(string uri)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        var authority = uri[(start + 3)..].Split('/')[0];
        var at = authority.LastIndexOf('@');
        return at > 0 && authority.AsSpan(0, at).Contains(':');
    }
}
