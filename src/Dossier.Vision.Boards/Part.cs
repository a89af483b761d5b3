using SkiaSharp;

namespace Dossier.Vision.Boards;

internal enum PartKind
{
    Qfp,
    Soic,
    Resistor,
    Capacitor,
    Led,
    Electrolytic,
    Crystal,
    Inductor,
    Header,
}

/// <summary>A pin of a part, in the part's own coordinates: from the body outwards.</summary>
/// <param name="X">Where it leaves the body.</param>
/// <param name="Y">Where it leaves the body.</param>
/// <param name="OutX">Outwards, -1, 0 or 1.</param>
/// <param name="OutY">Outwards, -1, 0 or 1.</param>
/// <param name="Width">Across.</param>
/// <param name="Length">Along.</param>
internal readonly record struct Lead(float X, float Y, float OutX, float OutY, float Width, float Length);

/// <summary>A part on the board. Lengths are in board units: a picture is 256 of them wide, whatever its pixels.</summary>
internal sealed record Part
{
    public required PartKind Kind { get; init; }

    /// <summary>The body, without pins.</summary>
    public required float Width { get; init; }

    public required float Height { get; init; }

    public required IReadOnlyList<Lead> Leads { get; init; }

    /// <summary>Where it is soldered, in its own coordinates.</summary>
    public required IReadOnlyList<SKRect> Pads { get; init; }

    public float X { get; init; }

    public float Y { get; init; }

    /// <summary>0, 90, 180 or 270 degrees.</summary>
    public int Turn { get; init; }

    /// <summary>All of it with pins and pads, in its own coordinates.</summary>
    public SKRect Extent
    {
        get
        {
            var extent = new SKRect(-Width / 2, -Height / 2, Width / 2, Height / 2);
            foreach (var pad in Pads)
            {
                extent.Union(pad);
            }

            foreach (var lead in Leads)
            {
                extent.Union(new SKRect(lead.X - 1, lead.Y - 1, lead.X + 1, lead.Y + 1));
                extent.Union(new SKRect(
                    lead.X + lead.OutX * lead.Length - 1, lead.Y + lead.OutY * lead.Length - 1,
                    lead.X + lead.OutX * lead.Length + 1, lead.Y + lead.OutY * lead.Length + 1));
            }

            return extent;
        }
    }

    public SKMatrix ToBoard => SKMatrix.CreateTranslation(X, Y).PreConcat(SKMatrix.CreateRotationDegrees(Turn));

    public SKRect Bounds => ToBoard.MapRect(Extent);

    public SKRect BodyBounds => ToBoard.MapRect(new SKRect(-Width / 2, -Height / 2, Width / 2, Height / 2));
}
