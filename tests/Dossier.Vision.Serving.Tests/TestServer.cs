using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dossier.Testing;

namespace Dossier.Vision.Serving.Tests;

/// <summary>A scoring server in this process, over real HTTP, with a way to hold its model back.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<int> _batches = [];
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly SemaphoreSlim _atGate = new(0);

    /// <summary>The labels of the model that is served when a test names no other.</summary>
    public static string[] Labels { get; } = ["normal", "damaged"];

    public ScoringServer Server { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    /// <summary>A path in a folder of the test's own.</summary>
    public string Path(string name) => _folder.Combine(name);

    /// <summary>How many pictures each run of the model had.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_batches)
            {
                return [.. _batches];
            }
        }
    }

    public static async Task<TestServer> StartAsync(Func<ScoringServerOptions, ScoringServerOptions>? change = null, string? modelUri = null)
    {
        var test = new TestServer();
        var uri = modelUri ?? TinyModel.Write(test.Path("tiny"), Labels);
        var options = new ScoringServerOptions { ModelUri = uri, Port = 0, BeforeBatch = test.OnBatch };
        test.Server = await ScoringServer.StartAsync(change?.Invoke(options) ?? options, progress: null, TestContext.Current.CancellationToken);
        test.Http.BaseAddress = test.Server.Url;
        return test;
    }

    /// <summary>Has the model wait before its next run.</summary>
    public void Hold() => _gate.Reset();

    /// <summary>Returns once the model waits.</summary>
    public Task HeldAsync() => _atGate.WaitAsync(TestContext.Current.CancellationToken);

    public void LetGo() => _gate.Set();

    public Task<HttpResponseMessage> AskAsync(params int[] pictures) =>
        PostAsync(new { dataframe_records = pictures.Select(number => new { data = Pictures.Base64(number) }) });

    public Task<HttpResponseMessage> PostAsync(object json) => Http.PostAsJsonAsync("/invocations", json, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PostAsync(byte[] body, string contentType) => PostAsync(new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } });

    public Task<HttpResponseMessage> PostAsync(HttpContent content) => Http.PostAsync("/invocations", content, TestContext.Current.CancellationToken);

    public async Task<JsonElement> HealthAsync() => await Http.GetFromJsonAsync<JsonElement>("/health", TestContext.Current.CancellationToken);

    /// <summary>The value of a metric without labels, or with those that the name has.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var line = text.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a metric has a value; the test's own limit ends it.</summary>
    public async Task MetricReachesAsync(string name, double value)
    {
        while (await MetricAsync(name) != value)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        LetGo();
        await Server.DisposeAsync();
        Http.Dispose();
        _gate.Dispose();
        _atGate.Dispose();
        _folder.Dispose();
    }

    private void OnBatch(int size)
    {
        lock (_batches)
        {
            _batches.Add(size);
        }

        if (!_gate.IsSet)
        {
            _atGate.Release();
            _gate.Wait();
        }
    }
}

/// <summary>What answers say.</summary>
internal static class ResponseReading
{
    public static async Task<List<(string Label, double Score)>> PredictionsAsync(this Task<HttpResponseMessage> asking)
    {
        using var response = await asking;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.GetProperty("predictions").EnumerateArray().Select(one => (one.GetProperty("label").GetString()!, one.GetProperty("score").GetDouble()))];
    }

    public static async Task<(int Status, string Code, string Message)> ErrorAsync(this Task<HttpResponseMessage> asking)
    {
        using var response = await asking;
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, json.RootElement.GetProperty("error_code").GetString()!, json.RootElement.GetProperty("message").GetString()!);
    }
}
