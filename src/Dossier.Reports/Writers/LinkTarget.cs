using System.Buffers;

namespace Dossier.Reports.Writers;

/// <summary>Where links may lead: record values can be hostile, and <c>javascript:</c> in a link is a program.</summary>
internal static class LinkTarget
{
    private static readonly string[] Schemes = ["http", "https", "mailto"];
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The target as an ASCII URI, or null when it must not be a link.</summary>
    public static string? Of(string target)
    {
        if (target.StartsWith('#'))
        {
            return target.AsSpan(1).IndexOfAnyExcept(IdCharacters) < 0 ? target : null;
        }

        return Uri.TryCreate(target, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme) ? uri.AbsoluteUri : null;
    }
}
