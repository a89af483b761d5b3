using System.Text.RegularExpressions;

namespace Dossier.Protocol;

/// <summary>Takes credentials out of URIs in a text that is about to be shown, stored in an event or logged.</summary>
public static partial class Redaction
{
    /// <summary>The text with users, passwords and signatures of its URIs replaced by <c>***</c>.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("://", StringComparison.Ordinal) ? Signature().Replace(Credentials().Replace(text, "://***@"), "$1***") : text;
    }

    [GeneratedRegex(@"://[^/@\s]+@")]
    private static partial Regex Credentials();

    // Shared access signatures, presigned URLs, tokens in a query.
    [GeneratedRegex(@"([?&;](?:sig|signature|code|auth|authorization|key|[a-z_-]*token|[a-z_-]*api[_-]?key|[a-z_-]*access[_-]?key|[a-z_-]*passw(?:or)?d|pwd|[a-z_-]*secret|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature)=)[^&;\s""'#]+", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}
