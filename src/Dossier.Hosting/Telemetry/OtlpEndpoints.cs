namespace Dossier.Hosting.Telemetry;

/// <summary>Checks the option that names an OpenTelemetry collector.</summary>
public static class OtlpEndpoints
{
    /// <summary>What is wrong with it, as a sentence; null if nothing is.</summary>
    public static string? FaultOf(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }
            ? null
            : "the OTLP endpoint is not a usable URL: use the collector's OTLP/HTTP address, such as http://localhost:4318.";
}
