using System.CommandLine;
using Dossier.Bench;
using Dossier.Vision.Bench;
using Dossier.Vision.Bench.Scenarios;

var only = new Option<string[]>("--only") { Description = "Only these scenarios.", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
var quick = new Option<bool>("--quick") { Description = "Small sizes: shows in seconds that everything works; its figures mean little." };
var format = new Option<string>("--format") { Description = "How the figures are printed.", DefaultValueFactory = _ => "table" };
format.AcceptOnlyFromAmong("table", "json");
var command = new RootCommand(
    $"""
    Measures the classifier beside the same model in plain TorchSharp, in turns. Logits are compared: a difference above 1e-4 ends it.
    All of it takes about six minutes on two quiet cores.

    Scenarios:
    {string.Join('\n', Scenario.All.Select(scenario => $"  {scenario.Name,-10} {scenario.Summary}"))}

    Figures go to standard output, progress to standard error.
    """)
{
    only, quick, format,
};
command.Subcommands.Add(MemoryChild.Command());
command.SetAction((arguments, stop) => Task.Run(
    () =>
    {
        try
        {
            var chosen = arguments.GetValue(only) ?? [];
            var sizes = arguments.GetValue(quick) ? Sizes.Quick : Sizes.Full;
            var figures = new List<Figure>();
            foreach (var figure in Scenario.All.Where(scenario => chosen.Length == 0 || chosen.Contains(scenario.Name)).SelectMany(scenario => scenario.Run(sizes, stop)))
            {
                Console.Error.WriteLine($"{figure.Scenario}: {figure.What} …");
                figures.Add(figure);
            }

            Console.Out.Write(arguments.GetValue(format) == "json" ? FigureWriter.Json(figures) : FigureWriter.Table(figures));
            return 0;
        }
        catch (BenchException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Ended before all was measured.");
            return 130;
        }
    },
    CancellationToken.None));
return await command.Parse(args).InvokeAsync();
