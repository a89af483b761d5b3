namespace Dossier.Protocol;

/// <summary>Shortens text that somebody else sent, so that an error message or a log line may repeat it.</summary>
public static class Excerpt
{
    private const int MaxLength = 100;

    // Enough that what is cut off can't hide the end of a password from its search.
    private const int MaxSearched = 4096;

    /// <summary>At most 100 characters of the text, without control characters and without the credentials of a URI.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = Redaction.Of(text.Length <= MaxSearched ? text : text[..MaxSearched]);
        var head = text.Length <= MaxLength ? text : text[..CutAt(text)] + "…";
        return head.Any(char.IsControl) ? string.Concat(head.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : head;
    }

    // Half a surrogate pair can't be written as JSON.
    private static int CutAt(string text) => char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
}
