using Dossier.Protocol.Json;

namespace Dossier.Reports.Document;

/// <summary>One piece of a report, free of any output format.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>A heading; those of level 1 and 2 make the contents list.</summary>
    /// <param name="Level">1 to 6.</param>
    /// <param name="Title">Its text.</param>
    public sealed record Heading(int Level, string Title) : Block;

    /// <summary>A title that is no heading and not in the contents list.</summary>
    /// <param name="Title">Its text.</param>
    public sealed record Caption(string Title) : Block;

    /// <summary>A table of names and values, at least one of them; line breaks of a value that is a string are shown.</summary>
    /// <param name="NameColumn">The head of the first column.</param>
    /// <param name="ValueColumn">The head of the second column.</param>
    /// <param name="Rows">The rows in order.</param>
    public sealed record KeyValueTable(string NameColumn, string ValueColumn, IReadOnlyCollection<KeyValuePair<string, JsonValue>> Rows) : Block;

    /// <summary>A table of any number of columns.</summary>
    /// <param name="Columns">Their heads.</param>
    /// <param name="Rows">The rows in order, each with a cell for every column.</param>
    public sealed record Grid(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<JsonValue>> Rows) : Block;

    /// <summary>A value shown as JSON.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Fence(JsonValue Value) : Block;

    /// <summary>Says that there is nothing to show where something is expected.</summary>
    public sealed record Absent : Block;
}
