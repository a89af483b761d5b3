namespace Dossier.CommandLine.Output;

/// <summary>How a command prints what it found.</summary>
public enum OutputFormat
{
    /// <summary>For people: aligned columns, cut to the terminal's width.</summary>
    Table,

    /// <summary>For spreadsheets: RFC 4180.</summary>
    Csv,

    /// <summary>For programs: the protocol's objects.</summary>
    Json,
}
