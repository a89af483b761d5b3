namespace Dossier.Bench.Scenarios;

/// <summary>Something that is measured.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Summary">What it does, for the help text.</param>
/// <param name="RunAsync">Measures it and adds its rows to the context.</param>
public sealed record Scenario(string Name, string Summary, Func<ScenarioContext, Task> RunAsync)
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("start", "process start to the first good /health, and idle memory (needs --server)", StartScenario.RunAsync),
        new("disk", "fdatasync of 4 KiB in the data folder: the floor of one acknowledged write (needs --server or --data-folder)", Plain(DiskScenario.Run)),
        new("metrics", "single metrics over 1, 8 and 32 connections", Plain(MetricScenario.Run)),
        new("batches", "batches of 1,000 metrics and of 100 params", Plain(BatchScenario.Run)),
        new("runs", "creating runs, and getting one with 20 metrics, 20 params and 5 tags", Plain(RunScenario.Run)),
        new("search", "searching 10,000 runs by order, filter and page", Plain(SearchScenario.Run)),
        new("history", "a metric of 100,000 points: logging it and reading it whole", Plain(HistoryScenario.Run)),
        new("registry", "1,000 registered models with 3 versions each: creating, getting, searching", Plain(RegistryScenario.Run)),
        new("artifacts", "an artifact of 1 GiB up and down, with the server's memory (needs --server or --pid for the memory)", Plain(ArtifactScenario.Run)),
        new("allocations", "bytes that the server allocates for a request (needs --server with a .NET server)", AllocationScenario.RunAsync),
        new("access", "what signing in and access cost, with 100 of 10,000 experiments readable and in 1,500 groups (needs --server with dossier)", AccessScenario.RunAsync),
    ];

    private static Func<ScenarioContext, Task> Plain(Action<ScenarioContext> run) => context =>
    {
        run(context);
        return Task.CompletedTask;
    };
}
