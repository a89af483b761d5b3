using System.Text.Json;
using Dossier.Bench.Http;

namespace Dossier.Bench.Scenarios;

/// <summary>Searching many runs: what a user of the pages or of a notebook waits for.</summary>
internal static class SearchScenario
{
    private const int PageSize = 100;
    private const string ByMetric = "\"metrics.metric_07 DESC\"";
    private const string Filter = "metrics.metric_03 > 0.5 and params.param_05 = 'v3'";

    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        var experiment = RunCorpus.Create(context);
        var newestFirst = Enumerable.Range(0, context.Sizes.Runs).Reverse().ToList();
        var best = newestFirst.OrderByDescending(run => RunCorpus.Metric(run, 7)).ToList();
        var matching = newestFirst.Where(Matches).ToList();
        // The 50th page of 100 of the full size, the middle page of any other.
        var page = context.Sizes.Runs / PageSize / 2;

        Time("default order", Body(experiment), newestFirst.Take(PageSize));
        Time("ordered by a metric", Body(experiment, orderBy: ByMetric), best.Take(PageSize));
        Time("filtered by a metric and a param", Body(experiment, Filter), matching.Take(PageSize));
        Time("filtered and ordered", Body(experiment, Filter, ByMetric), best.Where(Matches).Take(PageSize));
        Time($"page {page}", Body(experiment, token: TokenOfPage(calls, experiment, page)), newestFirst.Skip((page - 1) * PageSize).Take(PageSize));
        Time("1,000 rows in one page", Body(experiment, rows: 1000), newestFirst.Take(1000));

        void Time(string what, string body, IEnumerable<int> expected) => context.AddRepeated(
            $"search of {context.Sizes.Runs:N0} runs, {what}",
            RequestTemplate.Post(context.Target, MlflowCalls.Api + "/runs/search", body),
            answer => Check(answer, [.. expected]));
    }

    private static bool Matches(int run) => RunCorpus.Metric(run, 3) > 0.5 && RunCorpus.Param(run, 5) == "v3";

    private static void Check(JsonElement answer, List<int> expected)
    {
        Expect.Equal("the rows found", expected.Count, answer.Count("runs"));
        var rows = answer.GetProperty("runs").EnumerateArray();
        foreach (var (row, run) in rows.Zip(expected))
        {
            Expect.Equal("the name of a run found, in order", RunCorpus.Name(run), row.GetProperty("info").GetProperty("run_name").GetString());
            RunCorpus.CheckDetails(row);
        }
    }

    private static string? TokenOfPage(MlflowCalls calls, string experiment, int page)
    {
        string? token = null;
        for (var i = 1; i < page; i++)
        {
            token = calls.Post("/runs/search", Body(experiment, token: token)).NextPage()
                ?? throw new BenchException($"The search ended at page {i} and should have more than {page}.");
        }

        return token;
    }

    private static string Body(string experiment, string filter = "", string orderBy = "", int rows = PageSize, string? token = null) =>
        $$"""
        {"experiment_ids":["{{experiment}}"],"run_view_type":"ACTIVE_ONLY","filter":"{{filter}}","max_results":{{rows}},"order_by":[{{orderBy}}]{{(token is null ? "" : $",\"page_token\":\"{token}\"")}}}
        """;
}
