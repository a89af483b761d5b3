using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Strokes that look like print from afar: no fonts are shipped, and nothing is to be read.</summary>
internal static class Glyphs
{
    private static readonly (float FromX, float FromY, float ToX, float ToY)[] Segments =
        [(0, 0, 1, 0), (0, 0.5f, 1, 0.5f), (0, 1, 1, 1), (0, 0, 0, 0.5f), (1, 0, 1, 0.5f), (0, 0.5f, 0, 1), (1, 0.5f, 1, 1), (0, 1, 1, 0)];

    public static void Draw(Ink ink, BoardRandom random, float x, float y, int count, float height, float width, SKColor color)
    {
        for (var glyph = 0; glyph < count; glyph++, x += height * 0.95f)
        {
            var shape = random.NextBits() | 8;
            for (var n = 0; n < Segments.Length; n++)
            {
                if ((shape >> n & 1) == 1)
                {
                    var (fromX, fromY, toX, toY) = Segments[n];
                    ink.Line(x + fromX * height * 0.55f, y + fromY * height, x + toX * height * 0.55f, y + toY * height, width, color);
                }
            }
        }
    }
}
