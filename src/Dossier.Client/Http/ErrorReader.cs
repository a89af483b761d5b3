using System.Net;
using System.Text;
using System.Text.Json;
using Dossier.Protocol;
using Dossier.Protocol.Scim;

namespace Dossier.Client;

/// <summary>Turns an unsuccessful answer into the protocol's exception.</summary>
internal static class ErrorReader
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxQuotedCharacters = 300;

    public static async Task<AttemptException> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await StartOfBodyAsync(response.Content, cancellationToken);
        return new(Error(response, body)) { RetryAfter = RetryAfter(response, time) };
    }

    private static ProtocolException Error(HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        if (TryParse(body) is { ErrorCode: { Length: > 0 } code } answer)
        {
            if (IsAbsentArtifact(response, answer))
            {
                return new(ErrorCode.ResourceDoesNotExist, $"No artifact found at {response.RequestMessage!.RequestUri!.AbsolutePath}.");
            }

            return new(code, answer.Message ?? "") { StatusCode = status };
        }

        if (TryParseScim(body) is { Detail: { Length: > 0 } detail } refusal)
        {
            return new(CodeOf(refusal, response.StatusCode), detail) { StatusCode = status, ScimType = refusal.ScimType };
        }

        // Neither query nor full URL: signed URLs carry their secret there.
        var where = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}";
        if (status is >= 300 and < 400)
        {
            var target = response.Headers.Location is { IsAbsoluteUri: true } location ? location.Host : "another path";
            return new(ErrorCode.BadRequest, $"{where} was redirected to {target}: use that URL as tracking URI.") { StatusCode = status };
        }

        var quote = body.Length <= MaxQuotedCharacters ? body : body[..MaxQuotedCharacters] + "…";
        return new(CodeOf(response.StatusCode), $"{where} returned HTTP {status} {response.ReasonPhrase}: {quote.Trim()}".TrimEnd(' ', ':'))
        {
            StatusCode = status,
        };
    }

    // The reference server answers 500 where an artifact is absent, with a file error of its own: repeating that would be in vain.
    private static bool IsAbsentArtifact(HttpResponseMessage response, ErrorAnswer answer) =>
        response.StatusCode == HttpStatusCode.InternalServerError
        && response.RequestMessage!.Method == HttpMethod.Get
        && response.RequestMessage.RequestUri!.AbsolutePath.Contains("artifact", StringComparison.Ordinal)
        && answer.Message?.Contains("No such file or directory", StringComparison.Ordinal) == true;

    private static string CodeOf(HttpStatusCode status) => (int)status switch
    {
        401 => ErrorCode.Unauthenticated,
        403 => ErrorCode.PermissionDenied,
        404 => ErrorCode.ResourceDoesNotExist,
        409 => ErrorCode.ResourceConflict,
        429 => ErrorCode.RequestLimitExceeded,
        501 => ErrorCode.NotImplemented,
        502 or 503 or 504 => ErrorCode.TemporarilyUnavailable,
        >= 500 => ErrorCode.InternalError,
        _ => ErrorCode.BadRequest,
    };

    private static string CodeOf(ScimError refusal, HttpStatusCode status) => (refusal.ScimType, status) switch
    {
        ("uniqueness", _) => ErrorCode.ResourceAlreadyExists,
        ("mutability", _) => ErrorCode.InvalidState,
        (not null, HttpStatusCode.BadRequest) => ErrorCode.InvalidParameterValue,
        _ => CodeOf(status),
    };

    private static ScimError? TryParseScim(string body)
    {
        try
        {
            return body.Contains(ScimSchema.Error, StringComparison.Ordinal) ? JsonSerializer.Deserialize(body, WireJson.TypeInfo<ScimError>()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorAnswer? TryParse(string body)
    {
        try
        {
            return body.StartsWith('{') ? JsonSerializer.Deserialize(body, WireJson.TypeInfo<ErrorAnswer>()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<string> StartOfBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBodyBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };
}
