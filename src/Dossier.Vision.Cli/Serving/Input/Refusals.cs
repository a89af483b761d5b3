using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Vision.Cli.Serving.Input;

/// <summary>The errors that requests are refused with, as MLflow's <c>{"error_code","message"}</c>.</summary>
internal static class Refusals
{
    private const string Accepted = "application/json, text/csv, multipart/form-data with picture files, image/jpeg or image/png";

    public static ProtocolException Bad(string message) => new(ErrorCode.BadRequest, message);

    public static ProtocolException BodyTooLarge(long maxBytes) =>
        new(ErrorCode.BadRequest, $"The request body is too large: at most {maxBytes} bytes are accepted. Send fewer pictures at a time.")
        {
            StatusCode = StatusCodes.Status413PayloadTooLarge,
        };

    public static ProtocolException TooManyPictures(int most) =>
        new(ErrorCode.BadRequest, $"The request has too many pictures: at most {most} are taken at a time.")
        {
            StatusCode = StatusCodes.Status413PayloadTooLarge,
        };

    public static ProtocolException WrongType(string? contentType) =>
        new(ErrorCode.BadRequest, (contentType is null ? "The request has no Content-Type" : $"Content-Type '{Excerpt.Of(contentType)}' is not taken") + $": send {Accepted}.")
        {
            StatusCode = StatusCodes.Status415UnsupportedMediaType,
        };

    public static ProtocolException WrongCharset(string charset) =>
        new(ErrorCode.BadRequest, $"Charset '{Excerpt.Of(charset)}' is not taken: send UTF-8.") { StatusCode = StatusCodes.Status415UnsupportedMediaType };

    public static ProtocolException Busy(string why, int seconds) =>
        new(ErrorCode.RequestLimitExceeded, $"Too much to do: {why}. Try again in {seconds} s.") { RetryAfter = TimeSpan.FromSeconds(seconds) };
}
