using Dossier.Vision.Judging;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Recording;

/// <summary>The picture that becomes a model's input example: the first test picture of the positive class, made smaller if it is large.</summary>
internal static class ExamplePicture
{
    private const int MaxBytes = 256 << 10;
    private const int MaxSide = 512;

    public static async Task<ReadOnlyMemory<byte>> OfAsync(Predictions predictions, int positive, CancellationToken cancellationToken)
    {
        var place = Math.Max(0, predictions.Targets.ToList().IndexOf(positive));
        var encoded = await predictions.Pictures[place].ReadAsync(cancellationToken);
        return encoded.Length <= MaxBytes ? encoded : PictureEncoder.Jpeg(Thumbnail.Of(PictureDecoder.Decode(encoded), MaxSide));
    }
}
