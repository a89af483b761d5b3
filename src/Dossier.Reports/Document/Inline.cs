namespace Dossier.Reports.Document;

/// <summary>A piece of running text.</summary>
public abstract record Inline
{
    private Inline()
    {
    }

    /// <summary>Plain text.</summary>
    /// <param name="Value">The text; a writer escapes what its format would read as markup.</param>
    public sealed record Text(string Value) : Inline;

    /// <summary>Text of a fixed width, e.g. a name from a program.</summary>
    /// <param name="Value">The text.</param>
    public sealed record Code(string Value) : Inline;

    /// <summary>Emphasised text.</summary>
    /// <param name="Value">The text.</param>
    public sealed record Emphasis(string Value) : Inline;

    /// <summary>Text with a status, e.g. an error.</summary>
    /// <param name="Level">How good or bad it is; not to be shown by colour alone.</param>
    /// <param name="Value">The text.</param>
    public sealed record Status(StatusLevel Level, string Value) : Inline;

    /// <summary>A link.</summary>
    /// <param name="Value">Its text.</param>
    /// <param name="Target">An absolute URI, or <c>#</c> and the id of a heading, finding or figure. A writer links to
    /// <c>http</c>, <c>https</c> and <c>mailto</c> only; with any other target it prints the text alone.</param>
    public sealed record Link(string Value, string Target) : Inline;
}

/// <summary>How good or bad something is.</summary>
public enum StatusLevel
{
    /// <summary>Neither good nor bad.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Warning,

    /// <summary>Wrong, or missing although it is required.</summary>
    Error,
}
