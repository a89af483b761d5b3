using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Dossier.Vision.Cli.Serving.Input;

/// <summary>Finds the pictures in a CSV body as pandas writes it: a header with the column <c>data</c>, others are passed over.</summary>
internal static class CsvInput
{
    /// <summary>The pictures of a body, in the order of its rows.</summary>
    /// <exception cref="Dossier.Protocol.ProtocolException">It has no such column.</exception>
    public static async Task<List<EncodedPicture>> ReadAsync(Memory<byte> body, int most, CancellationToken cancel)
    {
        var pictures = new List<EncodedPicture>();
        using var text = new StreamReader(new MemoryStream(body.ToArray(), writable: false), Encoding.UTF8);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!await csv.ReadAsync() || !csv.ReadHeader() || csv.HeaderRecord is not { } header || !header.Contains("data"))
        {
            throw Refusals.Bad("The CSV has no column 'data': its first line must name it, and a row's value is the Base64 of a JPEG or PNG file.");
        }

        for (var row = 0; await csv.ReadAsync(); row++)
        {
            cancel.ThrowIfCancellationRequested();
            if (pictures.Count == most)
            {
                throw Refusals.TooManyPictures(most);
            }

            pictures.Add(new(Encoding.UTF8.GetBytes(csv.GetField("data") ?? ""), PictureEncoding.Base64, "csv", row, ".data"));
        }

        return pictures;
    }
}
