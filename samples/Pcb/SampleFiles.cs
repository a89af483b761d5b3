namespace Dossier.Samples.Pcb;

/// <summary>What the sample leaves to look at.</summary>
/// <param name="Folder">The folder.</param>
internal sealed record SampleFiles(string Folder)
{
    /// <summary>The model's report.</summary>
    public string Report => Path.Combine(Folder, "report.md");

    /// <summary>A damaged board that the model never saw.</summary>
    public string Board => Path.Combine(Folder, "board.jpg");

    /// <summary>The same board with what the model looked at.</summary>
    public string HeatMap => Path.Combine(Folder, "heat-map.png");
}
