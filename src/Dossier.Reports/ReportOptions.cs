namespace Dossier.Reports;

/// <summary>In which order the registry's sections stand; both orders exist in reports made so far.</summary>
public enum SectionOrder
{
    /// <summary>Registered Model, then Registered Model Version.</summary>
    RegisteredModelFirst,

    /// <summary>Registered Model Version, then Registered Model.</summary>
    VersionFirst,
}

/// <summary>How a report is shown.</summary>
public sealed record ReportOptions
{
    /// <summary>The order of the registry's sections.</summary>
    public SectionOrder SectionOrder { get; init; }

    /// <summary>Whether flavors are shown as JSON instead of tables.</summary>
    public bool ShowAsJson { get; init; }

    /// <summary>Whether the manifest's table stands in the overview.</summary>
    public bool ShowManifest { get; init; }

    /// <summary>Whether the run's datasets stand under "Inputs"; the seed's layout has the heading alone.</summary>
    public bool ShowInputs { get; init; }

    /// <summary>The manifest's <c>source</c> as the table shows it: the file that a data document was read from; null for what the manifest says.</summary>
    public string? Source { get; init; }

    /// <summary>The URI in the title; null for the manifest's <c>model_uri</c>.</summary>
    public string? TitleUri { get; init; }

    /// <summary>The overview's <c>report_time</c>, <c>yyyy-MM-dd HH:mm:ss</c> in UTC; null for the manifest's <c>timestamp</c>.</summary>
    public string? ReportTime { get; init; }
}
