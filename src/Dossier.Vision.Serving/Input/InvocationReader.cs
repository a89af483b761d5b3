using Dossier.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dossier.Vision.Serving.Input;

/// <summary>Reads the pictures of a request, by its content type.</summary>
internal static class InvocationReader
{
    /// <summary>The pictures; slices of <paramref name="buffer"/>, mostly.</summary>
    /// <param name="request">The request.</param>
    /// <param name="buffer">Takes the body.</param>
    /// <param name="most">The most pictures that are taken.</param>
    /// <exception cref="ProtocolException">The request can't be taken; its status and message say why.</exception>
    public static async Task<List<EncodedPicture>> ReadAsync(HttpRequest request, BodyBuffer buffer, int most)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw ScoringErrors.WrongType(request.ContentType);
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw ScoringErrors.WrongCharset(type.Charset.Value!);
        }

        var aborted = request.HttpContext.RequestAborted;
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await MultipartInput.ReadAsync(type, request.Body, buffer, most, aborted);
        }

        var read = ReaderOf(type.MediaType.ToString()) ?? throw ScoringErrors.WrongType(request.ContentType);
        await buffer.ReadAsync(request.Body, request.ContentLength ?? 0, aborted);
        return read(buffer.Written, most);
    }

    private static Func<Memory<byte>, int, List<EncodedPicture>>? ReaderOf(string mediaType) => mediaType.ToLowerInvariant() switch
    {
        "application/json" => JsonInput.Read,
        "text/csv" => CsvInput.Read,
        "image/jpeg" or "image/png" => static (body, _) => [new(body, PictureEncoding.Bytes, "body")],
        _ => null,
    };
}
