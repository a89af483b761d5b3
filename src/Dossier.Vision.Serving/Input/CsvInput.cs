using CsvHelper;

namespace Dossier.Vision.Serving.Input;

/// <summary>Finds the pictures in a CSV body as pandas writes it: a header with the column <c>data</c>, others are passed over.</summary>
internal static class CsvInput
{
    private static readonly CsvReaderOptions Options = new() { Separator = ',' };

    /// <summary>The pictures of a body, in the order of its rows.</summary>
    /// <exception cref="Dossier.Protocol.ProtocolException">It is no CSV with such a column, or has too many rows.</exception>
    public static List<EncodedPicture> Read(Memory<byte> body, int most)
    {
        var pictures = new List<EncodedPicture>();
        try
        {
            using var csv = CsvReader.Create(body, Options);
            if (!csv.TryGetFieldIndex("data", out var column))
            {
                throw ScoringErrors.Bad("The CSV has no column 'data': its first line must name it, and a row's value is the Base64 of a JPEG or PNG file.");
            }

            for (var row = 0; csv.Read(); row++)
            {
                if (pictures.Count == most)
                {
                    throw ScoringErrors.TooManyPictures(most);
                }

                pictures.Add(new(csv.GetSpan(column).ToArray(), PictureEncoding.Base64, "csv", row, ".data"));
            }
        }
        catch (CsvFormatException failure)
        {
            throw ScoringErrors.Bad($"The body is not valid CSV: {failure.Message}");
        }

        return pictures;
    }
}
