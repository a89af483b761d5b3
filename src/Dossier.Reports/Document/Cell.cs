using Dossier.Protocol.Json;

namespace Dossier.Reports.Document;

/// <summary>A cell of a table, typed so that each format can align, link or colour it in its way.</summary>
public abstract record Cell
{
    private Cell()
    {
    }

    /// <summary>Text.</summary>
    /// <param name="Value">The text.</param>
    /// <param name="KeepsLines">Whether its line breaks are shown; otherwise they count as white space.</param>
    public sealed record Text(string Value, bool KeepsLines = false) : Cell;

    /// <summary>Text of a fixed width.</summary>
    /// <param name="Value">The text.</param>
    public sealed record Code(string Value) : Cell;

    /// <summary>A number.</summary>
    /// <param name="Value">The number as recorded: integers of any size survive.</param>
    /// <param name="Unit">Its unit, e.g. <c>ms</c>; null without one.</param>
    public sealed record Number(RecordNumber Value, string? Unit = null) : Cell;

    /// <summary>A point in time, shown in UTC to the second.</summary>
    /// <param name="Value">The time.</param>
    public sealed record Time(DateTimeOffset Value) : Cell;

    /// <summary>A link.</summary>
    /// <param name="Value">Its text.</param>
    /// <param name="Target">As of <see cref="Inline.Link"/>.</param>
    public sealed record Link(string Value, string Target) : Cell;

    /// <summary>A status.</summary>
    /// <param name="Level">How good or bad it is.</param>
    /// <param name="Value">Its text.</param>
    public sealed record Status(StatusLevel Level, string Value) : Cell;

    /// <summary>Nothing: the value is not known.</summary>
    public sealed record Missing : Cell;
}
