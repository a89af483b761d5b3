using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dossier.Hosting.Telemetry;

/// <summary>Sends metrics and traces to an OpenTelemetry collector while the host runs, by OTLP over HTTP. Its assemblies are loaded only when it is asked for.</summary>
/// <param name="endpoint">The collector, e.g. <c>http://localhost:4318</c>; <c>/v1/metrics</c> and <c>/v1/traces</c> are added to it.</param>
/// <param name="service">The service's name.</param>
internal sealed class OtlpExport(Uri endpoint, string service) : IHostedService
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>Exports while the host runs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddTo(IServiceCollection services, Uri endpoint, string service) =>
        services.AddSingleton<IHostedService>(_ => new OtlpExport(endpoint, service));

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var version = typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var resource = ResourceBuilder.CreateEmpty().AddService(service, serviceVersion: version);
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ServerMetrics.Meters)
            .AddOtlpExporter(exporter => Configure(exporter, "metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ServerMetrics.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Configure(exporter, "traces"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }, CancellationToken.None);

    private void Configure(OtlpExporterOptions exporter, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
