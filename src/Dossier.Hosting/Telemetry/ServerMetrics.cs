using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;

namespace Dossier.Hosting.Telemetry;

/// <summary>The meter of one server: its own instruments go beside those of ASP.NET Core, which count requests by route and status.</summary>
public sealed class ServerMetrics
{
    /// <summary>The name of the meter, and of the source of activities.</summary>
    public const string Name = "Dossier";

    /// <summary>The meters whose instruments an operator gets.</summary>
    internal static readonly string[] Meters = [Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", Runtime];

    /// <summary>The meter of the process, which belongs to no server of it.</summary>
    internal const string Runtime = "System.Runtime";

    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000] };

    private readonly Histogram<long> _requestBytes;
    private readonly Histogram<long> _answerBytes;

    /// <param name="meters">Makes meters that belong to the server's host, so that two servers of one process are told apart.</param>
    public ServerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        Meter = meters.Create(Name);

        // ASP.NET Core has no instruments for these; the names are those of OpenTelemetry's conventions.
        _requestBytes = Meter.CreateHistogram("http.server.request.body.size", "By", "Size of request bodies of known length.", advice: Sizes);
        _answerBytes = Meter.CreateHistogram("http.server.response.body.size", "By", "Size of response bodies of known length.", advice: Sizes);
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    /// <summary>Whether anybody reads them.</summary>
    internal bool AreRead => _answerBytes.Enabled;

    internal void RequestDone(HttpContext http, string? route)
    {
        if (_requestBytes.Enabled && http.Request.ContentLength is { } read)
        {
            _requestBytes.Record(read, new("http.request.method", http.Request.Method), new("http.route", route));
        }

        if (_answerBytes.Enabled && http.Response.ContentLength is { } written)
        {
            _answerBytes.Record(written, new("http.request.method", http.Request.Method), new("http.route", route));
        }
    }
}
