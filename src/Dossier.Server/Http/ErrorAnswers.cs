using System.Globalization;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Server.Scim;
using Dossier.Server.Audit;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dossier.Server.Http;

/// <summary>The outermost middleware: whatever goes wrong becomes the protocol's error answer.</summary>
internal static class ErrorAnswers
{
    /// <summary>Runs the rest of the pipeline and answers for its failures.</summary>
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next, AuditTrail trail, ILogger logger)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            {
                await AnswerAsync(http, WrongMethod(http));
            }
        }
        catch (Exception failure) when (http.RequestAborted.IsCancellationRequested || failure.InnerException is ConnectionAbortedException)
        {
            // Nobody is left to answer.
        }
        catch (ProtocolException failure)
        {
            if (Refusal.Of(http, failure) is { } refusal)
            {
                trail.Refuse(refusal);
            }

            await AnswerAsync(http, failure);
        }
        catch (BadHttpRequestException failure)
        {
            await AnswerAsync(http, Malformed(failure));
        }
#pragma warning disable CA1031 // Whatever it is, the client must get an answer, and the log the cause.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var id = Guid.NewGuid().ToString("N");
            logger.LogError(failure, "{Method} {Path} failed, error {Id}", http.Request.Method, http.Request.Path, id);
            await AnswerAsync(http, new(ErrorCode.InternalError, $"The server failed to answer. Its log tells why under {id}."));
        }
    }

    /// <summary>Ends the pipeline: no route has this path.</summary>
    public static Task NotFoundAsync(HttpContext http) =>
        throw new ProtocolException(ErrorCode.EndpointNotFound, $"No endpoint has the path {PathOf(http)}.");

    private static string PathOf(HttpContext http) => TextRules.Excerpt(http.Request.Path.Value ?? "");

    private static ProtocolException WrongMethod(HttpContext http) =>
        new(ErrorCode.EndpointNotFound, $"The endpoint {PathOf(http)} does not take {http.Request.Method}, only {http.Response.Headers.Allow}.")
        {
            StatusCode = StatusCodes.Status405MethodNotAllowed,
        };

    private static ProtocolException Malformed(BadHttpRequestException failure) =>
        failure.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? RequestReader.TooLarge()
            : new(ErrorCode.BadRequest, $"The request is malformed: {failure.Message}") { StatusCode = failure.StatusCode };

    private static Task AnswerAsync(HttpContext http, ProtocolException failure)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return Task.CompletedTask;
        }

        if (failure.ErrorCode == ErrorCode.Unauthenticated)
        {
            // The realm of other servers of the protocol, under which people's tools keep their passwords.
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"mlflow\"";
        }

        if (failure.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return ScimErrors.Covers(http.Request.Path)
            ? AnswerWriter.WriteAsync(http.Response, ScimErrors.Body(failure), ScimErrors.StatusOf(failure), ScimWriter.ContentType)
            : AnswerWriter.WriteAsync(http.Response, new ErrorAnswer(failure.ErrorCode, failure.Message), failure.StatusCode);
    }
}
