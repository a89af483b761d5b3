using System.CommandLine;
using Dossier.Bench.Scenarios;

namespace Dossier.Bench;

/// <summary>The command line's options and the rules that hold between them.</summary>
internal static class BenchOptions
{
    public static readonly Option<string?> Url = new("--url") { Description = "The server to measure, such as http://127.0.0.1:5000." };

    public static readonly Option<string?> Server = new("--server")
    {
        Description = "Starts the server itself by this command, on a fresh folder: {port} and {folder} in it are replaced, words are split at spaces.",
    };

    public static readonly Option<string?> Against = new("--against") { Description = "A second server; every scenario runs on both, and its figure is printed beside with the ratio." };
    public static readonly Option<int?> ProcessId = new("--pid") { Description = "Process id of the server at --url, for its memory (with its children's)." };
    public static readonly Option<int?> AgainstProcessId = new("--against-pid") { Description = "The same for the server at --against." };
    public static readonly Option<string?> DataFolder = new("--data-folder") { Description = "A folder on the disk that the server at --url writes to, for the scenario disk." };
    public static readonly Option<string[]> Only = new("--only") { Description = "Only these scenarios, separated by commas.", AllowMultipleArgumentsPerToken = false };
    public static readonly Option<bool> Quick = new("--quick") { Description = "Small sizes: shows in seconds that everything works; its figures mean little." };
    public static readonly Option<bool> AllowRemote = new("--allow-remote") { Description = "Allows servers on other machines. The load is heavy and its runs and models stay." };
    public static readonly Option<bool> Check = new("--check") { Description = "Compares the figures with what is expected; names those that are worse and ends with 1." };
    public static readonly Option<bool> Renew = new("--renew") { Description = "Writes the figures, with a margin, as what is expected from now on." };

    public static readonly Option<string> Expectations = new("--expectations")
    {
        Description = "The file of expectations.",
        DefaultValueFactory = _ => "bench/expectations.json",
    };

    public static readonly Option<string> Format = new("--format") { Description = "How the figures are printed.", DefaultValueFactory = _ => "table" };

    public static RootCommand Command()
    {
        Format.AcceptOnlyFromAmong("table", "json");
        var command = new RootCommand(
            $"""
            Measures any server that speaks the MLflow REST protocol, and checks every answer: a server that answers wrongly, or drops a write, is measured no further.

              bench --server "dotnet dossier.dll server --port {"{port}"} --backend-store sqlite:///{"{folder}"}/dossier.db --artifact-root {"{folder}"}/artifacts"
              bench --url http://127.0.0.1:5000 --pid 4711
              bench --url http://127.0.0.1:5000 --against http://127.0.0.1:5001 --only metrics,search

            Scenarios:
            {string.Join('\n', Scenario.All.Select(scenario => $"  {scenario.Name,-10} {scenario.Summary}"))}

            Figures go to standard output, progress to standard error. The experiments, runs and models that it makes stay on the server.
            """);
        foreach (var option in (Option[])[Url, Server, Against, ProcessId, AgainstProcessId, DataFolder, Only, Quick, AllowRemote, Check, Renew, Expectations, Format])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if ((result.GetValue(Url) is null) == (result.GetValue(Server) is null))
            {
                result.AddError("Name the server to measure with either --url or --server.");
            }

            if (result.GetValue(Check) && result.GetValue(Renew))
            {
                result.AddError("Either --check or --renew: what is just written is always met.");
            }

            foreach (var name in Names(result.GetValue(Only)).Where(name => Scenario.All.All(scenario => scenario.Name != name)))
            {
                result.AddError($"There is no scenario '{name}': use {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}.");
            }
        });
        return command;
    }

    /// <summary>The scenarios that were asked for, in their order.</summary>
    public static IReadOnlyList<Scenario> Chosen(ParseResult arguments)
    {
        var names = Names(arguments.GetValue(Only));
        return [.. Scenario.All.Where(scenario => names.Count == 0 || names.Contains(scenario.Name))];
    }

    private static HashSet<string> Names(string[]? only) =>
        [.. (only ?? []).SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
