using Dossier.Client;
using Dossier.Hosting;
using Dossier.Hosting.Telemetry;
using Dossier.Vision.Serving.Capture;

namespace Dossier.Vision.Serving;

/// <summary>How a scoring server is started.</summary>
public sealed record ScoringServerOptions
{
    /// <summary>The model: <c>models:/name@alias</c>, <c>models:/name/1</c>, <c>models:/name/Staging</c>, <c>models:/name/latest</c>, <c>runs:/run/path</c>
    /// or the folder of an MLflow Model.</summary>
    public required string ModelUri { get; init; }

    /// <summary>The tracking server that knows the model; null is right for a folder alone.</summary>
    public DossierClientOptions? Tracking { get; init; }

    /// <summary>The address to listen on: an IP address, or <c>localhost</c> for 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port, 1 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; } = 5001;

    /// <summary>What callers must send as <c>Authorization: Bearer TOKEN</c>; null asks nobody.</summary>
    public string? Token { get; init; }

    /// <summary>Whether other machines may ask without a <see cref="Token"/>.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Maximum number of pictures in a batch; 1 turns batching off.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>How long a decoded picture waits at most for others that are being decoded. Where none is on its way, nothing is waited for.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The most pictures accepted and not yet answered, and so the most of one request; what would be more is refused with 429.</summary>
    public int QueueCapacity { get; init; } = 256;

    /// <summary>The longest request body in bytes; four times as much is held of all requests together.</summary>
    public long MaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>Threads for decoding, and for one run of the model; 0 for as many as there are cores.</summary>
    public int Threads { get; init; }

    /// <summary>How often the tracking server is asked whether the alias, the stage or <c>latest</c> means another version now.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where requests are captured; null for nowhere.</summary>
    public CaptureOptions? Capture { get; init; }

    /// <summary>The OpenTelemetry collector that metrics and traces are sent to by OTLP over HTTP, e.g. <c>http://localhost:4318</c>; null for none.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>How long requests in flight may take to finish once the server is told to stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs before each batch with its size: tests hold the model back with it.</summary>
    internal Action<int>? BeforeBatch { get; init; }

    /// <summary>Where it listens.</summary>
    internal ListenAddress Address => new(Host, Port);

    /// <summary>What browsers may ask of it.</summary>
    internal BrowserRules BrowserRules => new()
    {
        OwnNamesOnly = Token is null && !AllowAnonymous,
        Remedy = "Start it with a token (--token-file), or let everybody ask (--allow-anonymous).",
        RefuseReads = true,
    };

    /// <summary>The number of threads that <see cref="Threads"/> means.</summary>
    internal int ThreadCount => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <summary>Checks everything at once.</summary>
    /// <exception cref="VisionException">Something is wrong; the message says all that is.</exception>
    internal void Validate()
    {
        var errors = new List<string>();
        errors.AddRange(Address.Errors());
        if (Address.IsOnNetwork && Token is null && !AllowAnonymous)
        {
            errors.Add($"host '{Host}' is reachable from other machines, and without a token anyone who reaches it may use the model: "
                + "require a token (--token-file), allow anyone (--allow-anonymous), or listen on 127.0.0.1.");
        }

        if (Token is not null && (Token.Length < 16 || Token.Any(c => c is <= ' ' or > '~')))
        {
            errors.Add("the token must have at least 16 characters, all printable ASCII, without spaces.");
        }

        if (OtlpEndpoint is not null && OtlpEndpoints.FaultOf(OtlpEndpoint) is { } fault)
        {
            errors.Add(fault);
        }

        Bound(errors, "batch", MaxBatch, 1, 1024);
        Bound(errors, "queue", QueueCapacity, 1, 100_000);
        Bound(errors, "threads", Threads, 0, 1024);
        Bound(errors, "body", MaxBodyBytes, 1024, 1 << 29);
        Bound(errors, "batch delay in ms", (long)BatchDelay.TotalMilliseconds, 0, 10_000);
        Bound(errors, "poll interval in ms", (long)PollInterval.TotalMilliseconds, 10, 86_400_000);
        if (errors.Count > 0)
        {
            throw new VisionException(string.Join(" ", errors));
        }
    }

    private static void Bound(List<string> errors, string what, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            errors.Add($"{what} {value} is out of range: use {least} to {most}.");
        }
    }
}
