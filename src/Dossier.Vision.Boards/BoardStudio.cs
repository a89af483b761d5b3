using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>Photographs boards of one design. Safe to use from many threads.</summary>
internal sealed class BoardStudio : IDisposable
{
    private readonly BoardDesign _design;
    private readonly SKImage _bare;
    private readonly BoardScene _scene;
    private readonly int _size;

    public BoardStudio(int seed, int size)
    {
        _design = new BoardDesign(seed);
        _bare = BareBoard.Draw(_design, size);
        _scene = new BoardScene(_design, _bare, size);
        _size = size;
    }

    public BoardDesign Design => _design;

    public BoardPhoto Photograph(int board, bool damaged)
    {
        var pose = new BoardPose(_design, board);
        var damages = damaged ? DamagePlan.Draw(_design, board) : [];
        using var scene = Draw(board, damages);
        var jpeg = Camera.Photograph(scene, new BoardRandom(_design.Seed, 8, board));
        if (!damaged)
        {
            return new BoardPhoto(jpeg, null, []);
        }

        using var mask = _scene.Mask(pose, damages);
        using var pixels = mask.PeekPixels();
        using var png = pixels.Encode(SKPngEncoderOptions.Default) ?? throw new InvalidOperationException("A mask could not be encoded.");
        return new BoardPhoto(jpeg, png.ToArray(), [.. damages.Select(damage => damage.Defect).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The board before the camera adds its own.</summary>
    public SKBitmap Draw(int board, IReadOnlyList<Damage> damages)
    {
        var picture = new SKBitmap(new SKImageInfo(_size, _size, SKColorType.Bgra8888, SKAlphaType.Opaque));
        _scene.Draw(picture, new BoardPose(_design, board), board, damages);
        return picture;
    }

    public void Dispose() => _bare.Dispose();
}

/// <summary>A photograph of one board.</summary>
/// <param name="Jpeg">The picture.</param>
/// <param name="Mask">PNG, white where damage is; null without damage.</param>
/// <param name="Defects">Names in ordinal order.</param>
internal sealed record BoardPhoto(byte[] Jpeg, byte[]? Mask, IReadOnlyList<string> Defects);
