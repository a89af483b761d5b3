using System.Text.RegularExpressions;

namespace Dossier.Cli.Invocation;

/// <summary>Takes credentials out of text that is about to be printed.</summary>
internal static partial class Redaction
{
    /// <summary>The text with user names and passwords of its URIs replaced by <c>***</c>.</summary>
    public static string Of(string text) => Credentials().Replace(text, "://***@");

    [GeneratedRegex(@"://[^/@\s]+@")]
    private static partial Regex Credentials();
}
