using System.Text.Json;

namespace Dossier.Bench.Http;

/// <summary>The calls that scenarios prepare with and check with. They are not what is measured.</summary>
public sealed class MlflowCalls(Target target) : IDisposable
{
    /// <summary>Where the REST API's classic routes begin.</summary>
    public const string Api = "/api/2.0/mlflow";

    private readonly HttpConnection _connection = new(target);

    /// <summary>Makes an experiment and gives its id.</summary>
    public string CreateExperiment(string name) =>
        Post("/experiments/create", $$"""{"name":"{{name}}"}""").GetProperty("experiment_id").GetString()!;

    /// <summary>Makes a run and gives its id.</summary>
    /// <param name="experiment">Id of its experiment.</param>
    /// <param name="more">More fields of the request, each beginning with a comma.</param>
    public string CreateRun(string experiment, string more = "") =>
        Post("/runs/create", $$"""{"experiment_id":"{{experiment}}"{{more}}}""").GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;

    /// <summary>How many points the history of a metric holds, read page by page.</summary>
    public int CountHistory(string run, string metric) =>
        CountPages($"/metrics/get-history?run_id={run}&metric_key={metric}&max_results=25000", "metrics");

    /// <summary>How many items a paged GET gives in all its pages.</summary>
    public int CountPages(string pathAndQuery, string items) => CountPages(token => Get(token is null ? pathAndQuery : $"{pathAndQuery}&page_token={Uri.EscapeDataString(token)}"), items);

    /// <summary>How many runs an experiment has, read page by page.</summary>
    public int CountRuns(string experiment) => CountPages(
        token => Post("/runs/search", $$"""{"experiment_ids":["{{experiment}}"],"max_results":1000{{(token is null ? "" : $",\"page_token\":\"{token}\"")}}}"""),
        "runs");

    /// <summary>Sends a GET of a route and its query.</summary>
    public JsonElement Get(string pathAndQuery) => Answer(RequestTemplate.Get(target, Api + pathAndQuery));

    /// <summary>Sends a POST.</summary>
    public JsonElement Post(string path, string json) => Answer(RequestTemplate.Post(target, Api + path, json));

    /// <summary>Sends any prepared request.</summary>
    public JsonElement Answer(RequestTemplate request) => JsonElement.Parse(_connection.Exchange(request.Bytes.Span).Span);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static int CountPages(Func<string?, JsonElement> page, string items)
    {
        var count = 0;
        string? token = null;
        do
        {
            var answer = page(token);
            count += answer.Count(items);
            token = answer.NextPage();
        }
        while (token is not null);
        return count;
    }
}
