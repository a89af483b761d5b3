using System.Text;

namespace Dossier.Server.Tests.Support;

/// <summary>A client of a running server.</summary>
public class Api(HttpClient http) : IDisposable
{
    public HttpClient Http { get; } = http;

    /// <summary>Sends a JSON body (null: none) and gives status and body.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string url, string? body = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await SendAsync(request);
    }

    /// <summary>Sends a request and gives status and body.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Posts below <c>/api/2.0/mlflow</c>.</summary>
    public Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, $"/api/2.0/mlflow/{path}", body);

    /// <summary>Gets below <c>/api/2.0/mlflow</c>.</summary>
    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, $"/api/2.0/mlflow/{path}");

    /// <summary>Creates a run in experiment 0 and gives its id.</summary>
    public async Task<string> CreateRunAsync()
    {
        var answer = await PostAsync("runs/create", """{"experiment_id": "0", "run_name": "test"}""");
        return answer.Json.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
    }
}
