using System.Globalization;
using Dossier.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Dossier.Hosting.Errors;

/// <summary>The outermost middleware: whatever goes wrong becomes an error answer in the form of the route.</summary>
/// <param name="forms">The forms.</param>
/// <param name="logger">For failures of the server's own.</param>
public sealed class ErrorAnswers(ErrorForms forms, ILogger logger)
{
    /// <summary>Is called with every error of a request before it is answered.</summary>
    public Action<HttpContext, ProtocolException>? Observer { get; init; }

    /// <summary>Whether nobody is left to answer.</summary>
    public static bool IsGone(HttpContext http, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(failure);
        return http.RequestAborted.IsCancellationRequested || failure is ConnectionAbortedException || failure.InnerException is ConnectionAbortedException;
    }

    /// <summary>The error for a body that is longer than its route accepts.</summary>
    public static ProtocolException BodyTooLarge(long maxBytes) =>
        new(ErrorCode.BadRequest, $"The request body is too large: at most {maxBytes} bytes are accepted.") { StatusCode = StatusCodes.Status413PayloadTooLarge };

    /// <summary>The error for a path that no route has.</summary>
    internal static ProtocolException NotFound(HttpContext http, string? hint) =>
        new(ErrorCode.EndpointNotFound, $"Endpoint {PathOf(http)} not found{(hint is null ? "" : $": {hint}")}.");

    /// <summary>Runs the rest of the pipeline and answers for its failures.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            {
                await AnswerAsync(http, WrongMethod(http));
            }
        }
#pragma warning disable CA1031 // Whatever it is, the client must get an answer, and the log the cause.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!IsGone(http, failure))
            {
                await AnswerAsync(http, Of(http, failure));
            }
        }
    }

    /// <summary>The error to answer a failure with; one of the server's own is logged.</summary>
    public ProtocolException Of(HttpContext http, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(http);
        switch (failure)
        {
            case ProtocolException error:
                Observer?.Invoke(http, error);
                return error;
            case BadHttpRequestException error:
                return Malformed(http, error);
        }

        logger.RequestFailed(failure, Excerpt.Of(http.Request.Method), PathOf(http));
        return new(ErrorCode.InternalError, $"Internal server error. See the server log for request {http.TraceIdentifier}.");
    }

    /// <summary>Answers with an error and the headers that belong to it.</summary>
    public Task AnswerAsync(HttpContext http, ProtocolException error)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(error);
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return Task.CompletedTask;
        }

        var form = forms.Of(http);
        var headers = http.Response.Headers;
        if (error.ErrorCode == ErrorCode.Unauthenticated && form.Challenge is { } challenge)
        {
            headers.WWWAuthenticate = challenge;
        }

        if (error.RetryAfter is { } wait)
        {
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The rest of the body is not read, so the connection ends here: a client that knows does not send its next request on it.
            headers.Connection = "close";
        }

        return form.WriteAsync(http, error);
    }

    private static string PathOf(HttpContext http) => Excerpt.Of(http.Request.Path.Value ?? "");

    private static ProtocolException WrongMethod(HttpContext http) => new(
        ErrorCode.EndpointNotFound,
        $"Endpoint {PathOf(http)} does not support {Excerpt.Of(http.Request.Method)}: use {http.Response.Headers.Allow}.")
    {
        StatusCode = StatusCodes.Status405MethodNotAllowed,
    };

    private static ProtocolException Malformed(HttpContext http, BadHttpRequestException failure) =>
        failure.StatusCode == StatusCodes.Status413PayloadTooLarge
        && http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } maxBytes
            ? BodyTooLarge(maxBytes)
            : new(ErrorCode.BadRequest, $"The request is malformed: {failure.Message}") { StatusCode = failure.StatusCode };
}
