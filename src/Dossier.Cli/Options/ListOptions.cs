using System.CommandLine;
using Dossier.CommandLine.Options;

namespace Dossier.Cli.Options;

/// <summary>The options of searching lists.</summary>
internal static class ListOptions
{
    /// <summary>What to find, in MLflow's filter language.</summary>
    public static Option<string?> Filter { get; } = new("--filter")
    {
        Description = "Show only what matches this filter, in MLflow's filter language, e.g. \"metrics.loss < 0.1 AND tags.team = 'vision'\"",
        HelpName = "FILTER",
    };

    public static Option<string[]> OrderBy { get; } = new("--order-by")
    {
        Description = "Sort by this column, e.g. \"metrics.loss ASC\"; repeat it for ties",
        HelpName = "COLUMN [ASC|DESC]",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The columns of a table or CSV.</summary>
    public static Option<string?> Columns { get; } = new("--columns")
    {
        Description = "Show these columns, separated by commas",
        HelpName = "NAMES",
    };

    public static Option<int> Limit { get; } = NumberOption.Limit("Show at most this many; 0 for all", defaultLimit: 100);
}
