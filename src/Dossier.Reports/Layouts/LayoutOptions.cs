namespace Dossier.Reports.Layouts;

/// <summary>The order of the registry's sections; both orders exist in reports made so far.</summary>
public enum SectionOrder
{
    /// <summary>Registered Model, then Registered Model Version.</summary>
    ModelFirst,

    /// <summary>Registered Model Version, then Registered Model.</summary>
    VersionFirst,
}

/// <summary>What a layout shows. A layout ignores what does not apply to it.</summary>
public sealed record LayoutOptions
{
    /// <summary>The order of the registry's sections.</summary>
    public SectionOrder SectionOrder { get; init; }

    /// <summary>Whether flavors are shown as JSON instead of tables.</summary>
    public bool ShowAsJson { get; init; }

    /// <summary>Whether the overview shows the manifest.</summary>
    public bool ShowManifest { get; init; }

    /// <summary>Whether "Inputs" shows the run's datasets.</summary>
    public bool ShowInputs { get; init; }
}
