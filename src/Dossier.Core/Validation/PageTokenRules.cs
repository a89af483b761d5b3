using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for page tokens, which only the store that gave them can read.</summary>
internal static class PageTokenRules
{
    /// <summary>The token; null for the first page.</summary>
    public static string? Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        return token.Length <= Limits.PageToken && !token.Contains('\0', StringComparison.Ordinal)
            ? token
            : throw ProtocolException.InvalidValue(TextRules.Excerpt(token), "page_token", "use the next_page_token of the previous page unchanged.");
    }
}
