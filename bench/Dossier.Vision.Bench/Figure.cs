namespace Dossier.Vision.Bench;

/// <summary>One figure.</summary>
/// <param name="Scenario">The scenario it belongs to.</param>
/// <param name="What">What was done.</param>
/// <param name="Value">Dossier's figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Plain">The same in plain TorchSharp, in the same process and in turns, where there is such a thing.</param>
public sealed record Figure(string Scenario, string What, double Value, string Unit, double? Plain = null)
{
    /// <summary>Dossier's as a multiple of plain TorchSharp's.</summary>
    public double? Ratio => Value / Plain;
}
