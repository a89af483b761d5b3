using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>The colours of a design.</summary>
/// <param name="Mask">Solder mask over bare laminate.</param>
/// <param name="Pour">Solder mask over a copper area.</param>
/// <param name="Trace">Solder mask over a trace.</param>
/// <param name="Silk">The print.</param>
/// <param name="Metal">Pads that no solder covers.</param>
/// <param name="Backdrop">What the board lies on.</param>
internal sealed record BoardPalette(SKColor Mask, SKColor Pour, SKColor Trace, SKColor Silk, SKColor Metal, SKColor Backdrop)
{
    private static readonly SKColor Gold = new(230, 178, 62), White = new(232, 236, 230);
    private static readonly SKColor[] Backdrops = [new(46, 48, 54), new(40, 50, 62), new(62, 54, 50), new(38, 42, 40)];

    public static BoardPalette Draw(BoardRandom random)
    {
        var backdrop = random.Pick(Backdrops);
        return random.Whole(0, 7) switch
        {
            0 or 1 => new(new(16, 44, 104), new(24, 62, 136), new(44, 92, 172), White, Gold, backdrop),
            2 => new(new(116, 20, 24), new(148, 30, 32), new(186, 58, 50), White, Gold, backdrop),
            _ => new(new(12, 66, 40), new(20, 92, 54), new(48, 128, 74), White, Gold, backdrop),
        };
    }
}
