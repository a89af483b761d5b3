using Dossier.Bench.Http;
using Dossier.Bench.Load;
using Dossier.Bench.Results;

namespace Dossier.Bench.Scenarios;

/// <summary>What a scenario works with: one server, the sizes, and where its figures go.</summary>
/// <param name="Target">The server.</param>
/// <param name="Sizes">How much to do.</param>
/// <param name="Command">The command that starts such a server, where the bench was given it.</param>
/// <param name="DataFolder">A folder on the disk that the server writes to, where known.</param>
/// <param name="Stop">Cancelled when the user ends the program.</param>
public sealed record ScenarioContext(Target Target, Sizes Sizes, string? Command, string? DataFolder, CancellationToken Stop)
{
    private string _scenario = "";

    /// <summary>The figures so far.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>Why the server is measured no further; null while it answers.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Runs a scenario under its name; if the server breaks off, says so in <see cref="Failure"/>.</summary>
    public async Task RunAsync(Scenario scenario)
    {
        _scenario = scenario.Name;
        try
        {
            await scenario.RunAsync(this);
        }
        catch (Exception exception) when (Failure.MessageOf(exception) is { } message)
        {
            Failure = new(scenario.Name, Rows.LastOrDefault(row => row.Scenario == scenario.Name)?.What, message);
        }
    }

    /// <summary>The row that could not be measured: the first that another server has of the scenario in which this one broke off. Null if that is not known.</summary>
    public string? BrokeOffAt(ScenarioContext? other) => Failure is null ? null
        : other?.Rows.Find(row => row.Scenario == Failure.Scenario && Rows.TrueForAll(own => own.What != row.What))?.What;

    /// <summary>Says that the scenario measures nothing, and why.</summary>
    public void Skip(string reason) => Console.Error.WriteLine($"{_scenario} is left out: {reason}.");

    /// <summary>A name that nothing on the server has yet, so that one server can be measured many times.</summary>
    public static string FreshName(string kind) => $"bench-{kind}-{Guid.NewGuid():N}";

    /// <summary>Runs a load on the server; see <see cref="LoadRun.Go"/>.</summary>
    public LoadResult Load(int connections, Func<int, NextRequest> requests) => LoadRun.Go(Target, connections, Sizes.LoadTime, requests, Stop);

    /// <summary>Adds a plain figure.</summary>
    public void Add(string what, double value, string unit) => Rows.Add(new Row(_scenario, what, value, unit));

    /// <summary>Adds a rate.</summary>
    public void Add(string what, LoadResult result) =>
        Rows.Add(new Row(_scenario, what, result.PerSecond, "1/s", result.Median, result.Percentile99));

    /// <summary>Adds the rate of a load over so many connections.</summary>
    public void Add(string what, int connections, LoadResult result) =>
        Add($"{what}, {connections} connection{(connections == 1 ? "" : "s")}", result);

    /// <summary>Adds the median time of a repeated request.</summary>
    public void Add(string what, IReadOnlyList<double> milliseconds) =>
        Rows.Add(new Row(_scenario, what, milliseconds.AtQuantile(0.5), "ms", milliseconds.AtQuantile(0.5), milliseconds.AtQuantile(0.99)));

    /// <summary>Times a repeated request; see <see cref="Repeated.Time"/>.</summary>
    public void AddRepeated(string what, RequestTemplate request, Action<System.Text.Json.JsonElement> check) =>
        Add(what, Repeated.Time(Target, request, Sizes, check, Stop));
}
