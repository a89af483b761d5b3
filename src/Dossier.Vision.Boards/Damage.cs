using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>One damage of one board.</summary>
internal abstract record Damage
{
    /// <summary>As it stands in the label: <c>bent</c>, <c>melt</c>, <c>missing</c>, <c>scratch</c>.</summary>
    public abstract string Defect { get; }
}

/// <summary>A part was never placed: its pads are empty.</summary>
internal sealed record MissingPart(int Part) : Damage
{
    public override string Defect => "missing";
}

/// <summary>Pins of one part are bent: by how many degrees each, by the lead's number.</summary>
internal sealed record BentLeads(int Part, IReadOnlyDictionary<int, float> Degrees) : Damage
{
    public override string Defect => "bent";
}

/// <summary>A scratch through the solder mask and the traces, in board units; parts lie over it.</summary>
internal sealed record Scratch(IReadOnlyList<SKPoint> Points, float Width) : Damage
{
    public override string Defect => "scratch";
}

/// <summary>Something was burnt, in board units.</summary>
/// <param name="Center">Where.</param>
/// <param name="Radius">Of the charred middle; soot reaches <see cref="Reach"/> as far.</param>
/// <param name="Chance">Draws its shape.</param>
internal sealed record Melt(SKPoint Center, float Radius, int Chance) : Damage
{
    public const float Reach = 1.6f;

    public override string Defect => "melt";
}
