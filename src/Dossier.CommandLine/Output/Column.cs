using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dossier.CommandLine.Output;

/// <summary>What a column contains, which decides how it is aligned, coloured and cut.</summary>
public enum ColumnKind
{
    /// <summary>Anything.</summary>
    Text,

    /// <summary>Numbers and sizes: to the right.</summary>
    Number,

    /// <summary>Ids, useless when cut: they are shortened last.</summary>
    Id,

    /// <summary>Times: not cut while other columns can be.</summary>
    Time,

    /// <summary>States such as <c>FINISHED</c> or <c>Production</c>: coloured.</summary>
    State,
}

/// <summary>A column of a listing.</summary>
/// <param name="Name">As in the header and in <c>--columns</c>.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Value">The value for programs, as CSV holds it; null when the item has none.</param>
/// <param name="Text">The value for people, as tables show it.</param>
[SuppressMessage("Design", "CA1000", Justification = "A list of columns reads best as Column<Run>.Time(…).")]
public sealed record Column<T>(string Name, ColumnKind Kind, Func<T, string?> Value, Func<T, string?> Text)
{
    /// <summary>A column that looks the same to people and programs.</summary>
    public Column(string name, Func<T, string?> value, ColumnKind kind = ColumnKind.Text)
        : this(name, kind, value, value)
    {
    }

    /// <summary>A time: ISO 8601 with milliseconds for programs, seconds for people; UTC.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="milliseconds">The time in milliseconds since the epoch.</param>
    public static Column<T> Time(string name, Func<T, long?> milliseconds) =>
        new(name, ColumnKind.Time, item => Human.IsoTime(milliseconds(item)), item => Human.Minute(milliseconds(item)));

    /// <summary>A number of bytes.</summary>
    public static Column<T> Size(string name, Func<T, long?> bytes) =>
        new(name, ColumnKind.Number, item => bytes(item)?.ToString(CultureInfo.InvariantCulture), item => Human.Size(bytes(item)));
}
