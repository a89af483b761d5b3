using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>How one board lies before the camera, and how its parts sit: what differs between two boards without damage.</summary>
internal sealed class BoardPose
{
    public BoardPose(BoardDesign design, int board)
    {
        var random = new BoardRandom(design.Seed, 3, board);
        var scale = 1 + 0.007f * random.Spread();
        View = SKMatrix.CreateTranslation(128 + 1.5f * random.Spread(), 128 + 1.5f * random.Spread())
            .PreConcat(SKMatrix.CreateRotationDegrees(0.7f * random.Spread()))
            .PreConcat(SKMatrix.CreateScale(scale, scale))
            .PreConcat(SKMatrix.CreateTranslation(-128, -128));
        var light = random.Range(0, 2 * Math.PI);
        Light = new SKPoint(MathF.Cos(light), MathF.Sin(light));
        Parts = [.. design.Parts.Select(part => new PartPose(
            part.ToBoard
                .PreConcat(SKMatrix.CreateTranslation(Sits(part) * random.Spread(), Sits(part) * random.Spread()))
                .PreConcat(SKMatrix.CreateRotationDegrees(Sits(part) * 1.6f * random.Spread())),
            1 + 0.08f * random.Spread()))];
    }

    /// <summary>From board units to units of the picture.</summary>
    public SKMatrix View { get; }

    /// <summary>Where the light comes from: a direction of length one.</summary>
    public SKPoint Light { get; }

    public IReadOnlyList<PartPose> Parts { get; }

    // A header sits in holes; other parts swim a little while they are soldered.
    private static float Sits(Part part) => part.Kind == PartKind.Header ? 0.15f : 0.35f;
}

/// <summary>How one part sits.</summary>
/// <param name="ToBoard">From the part's coordinates to the board's.</param>
/// <param name="Shade">Its colours are multiplied by this.</param>
internal readonly record struct PartPose(SKMatrix ToBoard, float Shade);
