using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Draws one board as it lies there, before the camera adds its own.</summary>
internal sealed class BoardScene(BoardDesign design, SKImage bare, int size)
{
    private static readonly IReadOnlyDictionary<int, float> None = new Dictionary<int, float>();

    public void Draw(SKBitmap picture, BoardPose pose, int board, IReadOnlyList<Damage> damages)
    {
        using var canvas = new SKCanvas(picture);
        using var ink = new Ink(canvas);
        View(canvas, pose);
        canvas.DrawImage(bare, new SKRect(-BareBoard.Margin, -BareBoard.Margin, 256 + BareBoard.Margin, 256 + BareBoard.Margin), new SKSamplingOptions(SKFilterMode.Linear));
        DamagePainter.Under(ink, design, damages);
        for (var part = 0; part < design.Parts.Count; part++)
        {
            if (damages.OfType<MissingPart>().Any(missing => missing.Part == part))
            {
                continue;
            }

            var bends = damages.OfType<BentLeads>().FirstOrDefault(bent => bent.Part == part)?.Degrees ?? None;

            canvas.Save();
            canvas.Concat(pose.Parts[part].ToBoard);
            var light = SKMatrix.CreateRotationDegrees(-design.Parts[part].Turn).MapVector(pose.Light.X, pose.Light.Y);
            new PartPainter(ink, new BoardRandom(design.Seed, 5, board, part), pose.Parts[part].Shade, light).Draw(design.Parts[part], bends);
            canvas.Restore();
        }

        DamagePainter.Over(ink, damages);
        Dust(ink, new BoardRandom(design.Seed, 6, board));
    }

    /// <summary>White where damage may have changed the picture, black elsewhere.</summary>
    public SKBitmap Mask(BoardPose pose, IReadOnlyList<Damage> damages)
    {
        var mask = new SKBitmap(new SKImageInfo(size, size, SKColorType.Gray8, SKAlphaType.Opaque));
        mask.Erase(SKColors.Black);
        using var canvas = new SKCanvas(mask);
        using var ink = new Ink(canvas);
        View(canvas, pose);
        DamagePainter.Mask(ink, design, pose, damages);
        var pixels = mask.GetPixelSpan();
        for (var at = 0; at < pixels.Length; at++)
        {
            pixels[at] = pixels[at] > 0 ? byte.MaxValue : byte.MinValue;
        }

        return mask;
    }

    private void View(SKCanvas canvas, BoardPose pose)
    {
        canvas.Scale(size / 256f);
        canvas.Concat(pose.View);
    }

    // Every board has some dust and a trace of flux: not everything odd is damage.
    private static void Dust(Ink ink, BoardRandom random)
    {
        for (var n = random.Whole(4, 14); n > 0; n--)
        {
            ink.Circle(random.Range(0, 256), random.Range(0, 256), random.Range(0.3, 0.9), Shades.Grey(random.Range(150, 255), (byte)random.Whole(60, 180)));
        }

        for (var n = random.Whole(0, 2); n > 0; n--)
        {
            ink.Disc(random.Range(20, 236), random.Range(20, 206), random.Range(6, 16), new SKColor(220, 226, 214, 36), new SKColor(220, 226, 214, 0));
        }
    }
}
