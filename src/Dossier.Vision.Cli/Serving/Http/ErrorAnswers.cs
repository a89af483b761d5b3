using System.Globalization;
using Dossier.Protocol;
using Dossier.Vision.Cli.Serving.Input;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dossier.Vision.Cli.Serving.Http;

/// <summary>Turns whatever goes wrong into MLflow's error answer.</summary>
internal static class ErrorAnswers
{
    /// <summary>The outermost middleware.</summary>
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next, long maxBodyBytes, ILogger logger)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            {
                await Answers.ErrorAsync(http.Response, WrongMethod(http));
            }
        }
#pragma warning disable CA1031 // Whatever it is, the client must get an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (IsGone(http, failure))
            {
                return;
            }

            if (http.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                http.Abort();
                return;
            }

            await AnswerAsync(http.Response, Of(http, failure, maxBodyBytes, logger));
        }
    }

    /// <summary>Whether nobody is left to answer.</summary>
    public static bool IsGone(HttpContext http, Exception failure) =>
        http.RequestAborted.IsCancellationRequested || failure is ConnectionAbortedException || failure.InnerException is ConnectionAbortedException;

    /// <summary>The error to answer a failure with; one that is ours is logged.</summary>
    public static ProtocolException Of(HttpContext http, Exception failure, long maxBodyBytes, ILogger logger)
    {
        switch (failure)
        {
            case ProtocolException error:
                return error;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Refusals.BodyTooLarge(maxBodyBytes);
            case BadHttpRequestException error:
                return new(ErrorCode.BadRequest, $"The request is malformed: {error.Message}") { StatusCode = error.StatusCode };
        }

        var id = Guid.NewGuid().ToString("N");
        logger.LogError(failure, "{Method} {Path} failed, error {Id}", http.Request.Method, Refusals.Excerpt(http.Request.Path.Value ?? ""), id);
        return new(ErrorCode.InternalError, $"The server failed to answer. Its log tells why under {id}.");
    }

    /// <summary>Ends the pipeline: no route has this path.</summary>
    public static Task NotFoundAsync(HttpContext http) => throw new ProtocolException(
        ErrorCode.EndpointNotFound,
        $"No endpoint has the path {Refusals.Excerpt(http.Request.Path.Value ?? "")}: there are /invocations, /ping, /health, /version and /metrics.");

    /// <summary>Answers with an error and the headers that belong to it.</summary>
    public static Task AnswerAsync(HttpResponse response, ProtocolException error)
    {
        if (error.ErrorCode == ErrorCode.Unauthenticated)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The rest of the body is not read, so the connection ends here: a client that knows does not send its next request on it.
            response.Headers.Connection = "close";
        }

        return Answers.ErrorAsync(response, error);
    }

    private static ProtocolException WrongMethod(HttpContext http) =>
        new(ErrorCode.EndpointNotFound, $"The endpoint does not take {Refusals.Excerpt(http.Request.Method)}, only {http.Response.Headers.Allow}.")
        {
            StatusCode = StatusCodes.Status405MethodNotAllowed,
        };
}
