using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Dossier.Hosting.Telemetry;

/// <summary>
/// Middleware: gives each request an id, which its answer's header, the log and the trace carry, and measures its size. The caller's own id is used if it is short and
/// plain; otherwise the server makes one.
/// </summary>
/// <param name="metrics">Counts bytes.</param>
/// <param name="logger">Its scope carries ids that callers chose; the server's own are in the scope of every request.</param>
public sealed class RequestTelemetry(ServerMetrics metrics, ILogger logger)
{
    /// <summary>The header of request and answer.</summary>
    public const string Header = "X-Request-Id";

    private const int MaxLength = 64;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    /// <summary>Runs the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
        var isCallers = http.Request.Headers[Header] is [{ Length: > 0 and <= MaxLength } own] && !own.AsSpan().ContainsAnyExcept(Plain);
        if (isCallers)
        {
            http.TraceIdentifier = http.Request.Headers[Header]!;
        }

        http.Response.Headers[Header] = http.TraceIdentifier;

        // Most servers are not watched: then nothing is kept for the time after the answer.
        var activity = Activity.Current is { IsAllDataRequested: true } current && current.Source.HasListeners() ? current : null;
        return isCallers || activity is not null || metrics.AreRead ? ObserveAsync(http, next, isCallers, activity) : next(http);
    }

    private async Task ObserveAsync(HttpContext http, RequestDelegate next, bool isCallers, Activity? activity)
    {
        using (isCallers ? logger.BeginScope(new RequestScope(http.TraceIdentifier)) : null)
        {
            await next(http);
        }

        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        metrics.RequestDone(http, route);
        if (activity is not null)
        {
            Describe(activity, http, route);
        }
    }

    // The names are those of OpenTelemetry's conventions for HTTP.
    private static void Describe(Activity activity, HttpContext http, string? route)
    {
        var method = http.Request.Method;
        if (route is not null)
        {
            activity.DisplayName = $"{method} {route}";
            activity.SetTag("http.route", route);
        }

        activity.SetTag("http.request.method", method);
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        activity.SetTag("dossier.request.id", http.TraceIdentifier);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}

/// <summary>A log scope with the id of a request, as ASP.NET Core's own scope has it.</summary>
internal sealed class RequestScope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The key of the id.</summary>
    public const string Key = "RequestId";

    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0 ? new(Key, id) : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
