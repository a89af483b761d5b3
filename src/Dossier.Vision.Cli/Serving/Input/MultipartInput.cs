using Dossier.Protocol;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Dossier.Vision.Cli.Serving.Input;

/// <summary>Reads the picture files of a <c>multipart/form-data</c> body, whatever their fields are called.</summary>
internal static class MultipartInput
{
    private const int MaxBoundary = 200;

    /// <summary>The files, in their order.</summary>
    /// <exception cref="ProtocolException">The body is malformed, or a part is no file.</exception>
    public static async Task<List<EncodedPicture>> ReadAsync(
        MediaTypeHeaderValue type, Stream body, BodyBuffer buffer, int most, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundary)
        {
            throw Refusals.Bad("The multipart body has no boundary: its Content-Type must say it, as curl -F and HTTP libraries do by themselves.");
        }

        // The buffer moves while it grows: slices are made when it no longer does.
        var places = new List<(int Start, int End, string Name)>();
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                var name = FileName(section, places.Count);
                if (places.Count == most)
                {
                    throw Refusals.TooManyPictures(most);
                }

                places.Add((await buffer.ReadAsync(section.Body, 0, cancel), buffer.Length, name));
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException && failure is not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw Refusals.Bad("The multipart body is malformed or cut off: send picture files as form fields, e.g. curl -F file=@board.jpg.");
        }

        return places.Count > 0
            ? places.ConvertAll(place => new EncodedPicture(buffer.Written[place.Start..place.End], PictureEncoding.Bytes, place.Name))
            : throw Refusals.Bad("The multipart body has no file: send picture files as form fields, e.g. curl -F file=@board.jpg.");
    }

    private static string FileName(MultipartSection section, int index)
    {
        var isFile = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            && (disposition.FileName.HasValue || disposition.FileNameStar.HasValue);
        if (!isFile)
        {
            throw Refusals.Bad($"Part {index + 1} ('{Excerpt.Of(disposition?.Name.Value ?? "")}') is no file: send picture files alone, e.g. curl -F file=@board.jpg.");
        }

        var name = disposition!.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        return $"file {index + 1} ('{Excerpt.Of(name.ToString())}')";
    }
}
