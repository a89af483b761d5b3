using System.Text.Json;
using Dossier.Bench.Scenarios;

namespace Dossier.Bench.Results;

/// <summary>The most that a figure may be.</summary>
/// <param name="Scenario">The row's scenario.</param>
/// <param name="What">The row.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Most">The most.</param>
public sealed record Expectation(string Scenario, string What, string Unit, double Most);

/// <summary>
/// What is expected of figures that hardly depend on the machine: bytes allocated for a request, and ratios of two servers that were measured in turns.
/// Rates and times are not among them.
/// </summary>
public static class Expectations
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    // How much more than measured is expected: as much as the figures of several runs on a quiet machine differ.
    private static readonly Dictionary<string, double> Margins = new() { [AllocationScenario.Unit] = 1.1, [AccessScenario.RatioUnit] = 1.25 };

    /// <summary>Reads a file of expectations.</summary>
    /// <exception cref="BenchException">It cannot be read.</exception>
    public static IReadOnlyList<Expectation> Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Expectation>>(File.ReadAllText(file), Options) ?? [];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BenchException($"There are no expectations in '{file}' yet: --renew writes them.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BenchException($"The expectations in '{file}' cannot be read: {fault.Message}");
        }
    }

    /// <summary>Compares the rows of the scenarios that were measured.</summary>
    /// <returns>What is not as expected, a line each.</returns>
    public static IReadOnlyList<string> Check(IReadOnlyList<Expectation> expected, IReadOnlyList<Row> rows, IReadOnlyList<Scenario> scenarios)
    {
        var measured = rows.ToDictionary(row => row.What);
        return
        [
            .. from expectation in expected
               where scenarios.Any(scenario => scenario.Name == expectation.Scenario)
               let row = measured.GetValueOrDefault(expectation.What)
               where row is null || row.Value > expectation.Most
               let figure = row is null ? "was not measured" : $"is {TableWriter.Figure(row.Value)}"
               select $"{expectation.What}: {figure}, expected at most {TableWriter.Figure(expectation.Most)} {expectation.Unit}",
        ];
    }

    /// <summary>Writes what is expected from now on: the figures of this run and a margin. Expectations of scenarios that it did not measure stay.</summary>
    public static void Renew(string file, IReadOnlyList<Row> rows, IReadOnlyList<Scenario> scenarios)
    {
        var kept = File.Exists(file) ? Read(file).Where(old => scenarios.All(scenario => scenario.Name != old.Scenario)) : [];
        var renewed = rows.Where(row => Margins.ContainsKey(row.Unit))
            .Select(row => new Expectation(row.Scenario, row.What, row.Unit, Rounded(row.Value * Margins[row.Unit])));
        File.WriteAllText(file, JsonSerializer.Serialize(kept.Concat(renewed), Options) + "\n");
    }

    // Three digits are more than two runs agree in.
    private static double Rounded(double value)
    {
        var scale = Math.Pow(10, 2 - Math.Floor(Math.Log10(Math.Max(value, 1e-9))));
        return Math.Round(Math.Ceiling(value * scale) / scale, 6);
    }
}
