using System.Globalization;
using Dossier.Vision.Judging.Figures;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Judging;

/// <summary>Mistakes to look at: a PNG each, named by what is true and what was said, and one sheet of all.</summary>
public static class MistakePictures
{
    /// <summary>No side of a written picture is longer, in pixels.</summary>
    public const int MaxSide = 384;

    private const double Cell = 220;
    private const double Caption = 60;
    private const int Columns = 4;

    /// <summary>Writes <c>01_true-damaged_said-normal_0.97.png</c> and so on, and <c>sheet.svg</c>.</summary>
    /// <param name="mistakes">The mistakes, in the order of their numbers.</param>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="part">What was judged, e.g. <c>test</c>.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(IReadOnlyList<Mistake> mistakes, string folder, string part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        Directory.CreateDirectory(folder);
        var rows = (mistakes.Count + Columns - 1) / Columns;
        var sheet = new Svg((Columns * Cell) + 32, (rows * (Cell + Caption)) + 64, $"The {part} pictures it was surest of, and wrong");
        foreach (var (at, mistake) in mistakes.Index())
        {
            var picture = Thumbnail.Of(PictureDecoder.Decode(await mistake.Picture.ReadAsync(cancellationToken)), MaxSide);
            var png = PictureEncoder.Png(picture);
            await File.WriteAllBytesAsync(Path.Combine(folder, Name(at + 1, mistake)), png, cancellationToken);
            Place(sheet, at, mistake, picture, png);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "sheet.svg"), sheet.ToString(), cancellationToken);
    }

    private static void Place(Svg sheet, int at, Mistake mistake, Raster picture, byte[] png)
    {
        var (x, y) = (24 + (at % Columns * Cell), 56 + (at / Columns * (Cell + Caption)));
        var scale = Math.Min((Cell - 16) / picture.Width, (Cell - 16) / picture.Height);
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        sheet.Image(x + ((Cell - 16 - width) / 2), y + ((Cell - 16 - height) / 2), width, height, png);
        sheet.Text(x, y + Cell + 2, $"{at + 1}. is {mistake.True}", 12, weight: 600, longest: 28);
        sheet.Text(x, y + Cell + 18, $"said {Svg.Percent(mistake.Probability)} {mistake.Said}", 12, longest: 30);
        sheet.Text(x, y + Cell + 33, mistake.Picture.Name, 10, fill: Svg.Soft, longest: 34);
    }

    private static string Name(int number, Mistake mistake) => string.Create(
        CultureInfo.InvariantCulture, $"{number:00}_true-{Safe(mistake.True)}_said-{Safe(mistake.Said)}_{mistake.Probability:0.00}.png");

    // A class name comes from outside and becomes a part of a file's name and of a URL.
    private static string Safe(string text) =>
        string.Concat(text.Take(32).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-')).Trim('.') is { Length: > 0 } name ? name : "-";
}
