using Dossier.Protocol;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Dossier.Vision.Serving.Input;

/// <summary>Reads the picture files of a <c>multipart/form-data</c> body, whatever their fields are called.</summary>
internal static class MultipartInput
{
    private const int MaxBoundary = 200;

    /// <summary>The files, in their order.</summary>
    /// <exception cref="ProtocolException">The body is malformed, or a part is no file.</exception>
    public static async Task<List<EncodedPicture>> ReadAsync(
        MediaTypeHeaderValue type, Stream body, BodyBuffer buffer, int most, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundary)
        {
            throw ScoringErrors.Bad("The multipart body has no boundary: set it in Content-Type, as curl -F and HTTP libraries do.");
        }

        // The buffer moves while it grows: slices are made when it no longer does.
        var places = new List<(int Start, int End, string Name)>();
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                var name = FileName(section, places.Count);
                if (places.Count == most)
                {
                    throw ScoringErrors.TooManyPictures(most);
                }

                places.Add((await buffer.ReadAsync(section.Body, 0, cancellationToken), buffer.Length, name));
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException && failure is not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw ScoringErrors.Bad("The multipart body is malformed or cut off: send picture files as form fields, e.g. curl -F file=@board.jpg.");
        }

        return places.Count > 0
            ? places.ConvertAll(place => new EncodedPicture(buffer.Written[place.Start..place.End], PictureEncoding.Bytes, place.Name))
            : throw ScoringErrors.Bad("The multipart body has no file: send picture files as form fields, e.g. curl -F file=@board.jpg.");
    }

    private static string FileName(MultipartSection section, int index)
    {
        var isFile = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            && (disposition.FileName.HasValue || disposition.FileNameStar.HasValue);
        if (!isFile)
        {
            throw ScoringErrors.Bad($"Part {index + 1} ('{Excerpt.Of(disposition?.Name.Value ?? "")}') is not a file: send only picture files, e.g. curl -F file=@board.jpg.");
        }

        var name = disposition!.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        return $"file {index + 1} ('{Excerpt.Of(name.ToString())}')";
    }
}
