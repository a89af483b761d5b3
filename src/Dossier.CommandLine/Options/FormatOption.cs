using System.CommandLine;
using Dossier.CommandLine.Output;

namespace Dossier.CommandLine.Options;

/// <summary>The option <c>--format</c>.</summary>
public static class FormatOption
{
    /// <summary>Of listings.</summary>
    public static Option<OutputFormat> OfLists { get; } = Create("table", "csv", "json");

    /// <summary>Of single objects, which have no rows.</summary>
    public static Option<OutputFormat> OfObjects { get; } = Create("table", "json");

    private static Option<OutputFormat> Create(params string[] names)
    {
        var format = new Option<OutputFormat>("--format", "-f")
        {
            Description = names.Length == 3
                ? "table (for people, the default), csv (RFC 4180) or json (the protocol's objects)"
                : "table (for people, the default) or json (the protocol's object)",
            HelpName = string.Join('|', names),
        };
        format.AcceptOnlyFromAmong(names);
        return format;
    }
}
