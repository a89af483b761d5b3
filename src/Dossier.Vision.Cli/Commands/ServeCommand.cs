using System.CommandLine;
using System.Globalization;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Serving;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision serve</c>.</summary>
internal static class ServeCommand
{
    private static readonly ScoringServerOptions Defaults = new() { ModelUri = "" };

    private static readonly Option<string> Model = new("--model-uri", "-m")
    {
        Description = "The model: models:/NAME@ALIAS, models:/NAME/STAGE, models:/NAME/latest (each followed when it moves), models:/NAME/VERSION, runs:/RUN_ID/PATH, or a folder",
        HelpName = "URI",
        Required = true,
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for the network (with --token-file, or --allow-anonymous)",
        HelpName = "ADDRESS",
        DefaultValueFactory = static _ => Defaults.Host,
    };

    private static readonly Option<int> Port = NumberOption.Port("The port to listen on; 0 takes a free one", Defaults.Port);

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = "A file with the token that callers must send as 'Authorization: Bearer TOKEN'",
        HelpName = "FILE",
    };

    private static readonly Option<bool> AllowAnonymous = new("--allow-anonymous") { Description = "Accept requests from other machines without a token" };

    private static readonly Option<int> MaxBatch = ValueOption.Of("--max-batch", Defaults.MaxBatch, "Maximum number of pictures in a batch; 1 turns batching off");

    private static readonly Option<int> BatchDelay = ValueOption.Of(
        "--batch-delay", (int)Defaults.BatchDelay.TotalMilliseconds, "Maximum time in milliseconds that a decoded picture waits for others to share its batch");

    private static readonly Option<int> Queue = ValueOption.Of("--queue", Defaults.QueueCapacity, "Maximum number of pictures in the queue; more are refused with 429");

    private static readonly Option<int> Threads = ValueOption.Of("--threads", Defaults.Threads, "Threads for decoding, and for the model; 0 for as many as there are cores");

    private static readonly Option<string?> Capture = new("--capture")
    {
        Description = "A folder for Parquet files of requests and answers: id, time, version, status, latency, the picture's SHA-256, label and score",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> OtlpEndpoint = new("--otlp-endpoint")
    {
        Description = "Send metrics and traces to the OpenTelemetry collector at this address, by OTLP over HTTP, e.g. http://localhost:4318",
        HelpName = "URL",
    };

    private static readonly Option<bool> CapturePictures = new("--capture-pictures") { Description = "Capture the pictures themselves too" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "serve",
            "Serves a model over HTTP with MLflow's scoring protocol, on ONNX Runtime. A version that its alias or stage moves to is loaded and takes over without a restart",
            "dossier-vision serve --model-uri models:/pcb@champion",
            "# Then ask it",
            "curl -F file=@board.jpg http://127.0.0.1:5001/invocations",
            "curl -H 'Content-Type: application/json' -d '{\"dataframe_records\": [{\"data\": \"'$(base64 -w0 board.jpg)'\"}]}' http://127.0.0.1:5001/invocations",
            "# For the network, with a token and everything captured",
            "openssl rand -hex 32 > token",
            "dossier-vision serve --model-uri models:/pcb/Production --host 0.0.0.0 --token-file token --capture captured --capture-pictures",
            "# A local model needs no tracking server",
            "dossier-vision serve --model-uri ./model")
        {
            Model, TrackingOptions.TrackingUri, Host, Port, TokenFile, AllowAnonymous, MaxBatch, BatchDelay, Queue, Threads, Capture, CapturePictures, OtlpEndpoint,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var model = parsed.GetRequiredValue(Model);
        var capture = parsed.GetValue(Capture);
        if (capture is null && parsed.GetValue(CapturePictures))
        {
            throw new UsageException("'--capture-pictures' needs '--capture FOLDER': use both.");
        }

        var options = new ScoringServerOptions
        {
            ModelUri = model,
            // A path that is no folder is told as such, not as a missing server.
            Tracking = Directory.Exists(model) || !model.Contains(':', StringComparison.Ordinal) ? null : TrackingOptions.Server(parsed),
            Host = parsed.GetRequiredValue(Host),
            Port = parsed.GetValue(Port),
            Token = parsed.GetValue(TokenFile) is { } file ? await ReadTokenAsync(file, cancellationToken) : null,
            AllowAnonymous = parsed.GetValue(AllowAnonymous),
            MaxBatch = parsed.GetValue(MaxBatch),
            BatchDelay = TimeSpan.FromMilliseconds(parsed.GetValue(BatchDelay)),
            QueueCapacity = parsed.GetValue(Queue),
            Threads = parsed.GetValue(Threads),
            OtlpEndpoint = parsed.GetValue(OtlpEndpoint),
            Capture = capture is null ? null : new() { Folder = capture, Pictures = parsed.GetValue(CapturePictures) },
        };
        await using (var server = await StartAsync(options, cancellationToken))
        {
            Announce(server, options);
            await Waiting.ForAsync(cancellationToken);
            Console.Error.WriteLine("Stopping; requests in flight are finished first.");
        }

        // To be stopped is a server's normal end.
        return ExitCode.Ok;
    }

    private static async Task<ScoringServer> StartAsync(ScoringServerOptions options, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(TimeProvider.System);
        return await ScoringServer.StartAsync(options, new DownloadProgress(line), cancellationToken);
    }

    private static async Task<string> ReadTokenAsync(string file, CancellationToken cancellationToken)
    {
        const int LongestToken = 4096;
        if (new FileInfo(file) is { Exists: true, Length: > LongestToken })
        {
            throw new UsageException($"'{file}' is too large for a token file: at most {LongestToken} bytes are read.");
        }

        return (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
    }

    private static void Announce(ScoringServer server, ScoringServerOptions options)
    {
        var url = server.Url;
        var batch = options.MaxBatch == 1 ? "one picture at a time" : string.Create(CultureInfo.InvariantCulture, $"up to {options.MaxBatch} pictures at a time");
        Console.Error.WriteLine(
            $"""
            {server.ModelName}{(server.ModelVersion is { } version ? $", version {version}," : "")} is served on {url}
              classes   {string.Join(", ", server.Classes)}
              batches   {batch}; more than {options.QueueCapacity.ToString(CultureInfo.InvariantCulture)} waiting are refused with 429
              callers   {(options.Token is not null ? "must send the token" : "are not authenticated: anyone who reaches this port may use the model")}
              capture   {(options.Capture is { } capture ? Path.GetFullPath(capture.Folder) + (capture.Pictures ? ", with pictures" : "") : "none")}
            Ask: curl -F file=@board.jpg {url}invocations   Look: {url}health, {url}metrics   Ctrl-C stops.
            """);
    }
}
