using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Vision.Data;

namespace Dossier.Vision.Cli.Options;

/// <summary>Which data set, and how it is split.</summary>
internal static class DataOptions
{
    /// <summary>The forms of a data set, for help.</summary>
    public const string Forms = "a folder of class folders, a folder with a CSV (columns image and label, as VisA's image_anno.csv), a .csv, a .parquet, or a folder of them";

    /// <summary>The option <c>--data</c>.</summary>
    public static Option<string> Data { get; } = new("--data") { Description = $"The data set: {Forms}", HelpName = "PATH", Required = true };

    /// <summary>The data set's name.</summary>
    public static Option<string?> Name { get; } = new("--name") { Description = "The data set's name in the record [default: that of its folder or file]", HelpName = "NAME" };

    /// <summary>What stays together.</summary>
    public static Option<string> Split { get; } = CreateSplit();

    /// <summary>The share of validation.</summary>
    public static Option<double> ValidationShare { get; } = ValueOption.Of("--validation-share", 0.15, "The share of pictures that choose the best epoch and the threshold");

    /// <summary>The share of test.</summary>
    public static Option<double> TestShare { get; } = ValueOption.Of("--test-share", 0.15, "The share of pictures for the final word, never looked at before");

    /// <summary>The seed of the split, and of training.</summary>
    public static Option<int> Seed { get; } = ValueOption.Of("--seed", 42, "Seed of all randomness: the same seed gives the same numbers");

    /// <summary>What stays together, as the command line says.</summary>
    public static SplitMethod Method(ParseResult parsed) => parsed.GetValue(Split) switch
    {
        "row" => SplitMethod.Row,
        "given" => SplitMethod.Given,
        _ => SplitMethod.Source,
    };

    /// <summary>Checks the shares.</summary>
    /// <exception cref="UsageException">One is out of bounds.</exception>
    public static void Check(ParseResult parsed)
    {
        foreach (var share in (Option<double>[])[ValidationShare, TestShare])
        {
            if (!(parsed.GetValue(share) is >= 0 and < 1))
            {
                throw new UsageException($"'{share.Name}' must lie between 0 and 1, e.g. 0.15.");
            }
        }
    }

    private static Option<string> CreateSplit()
    {
        var split = new Option<string>("--split")
        {
            Description = "source: pictures made from one source stay together; row: each by itself, as many notebooks do (leaks where there are copies); "
                + "given: by the data set's column split",
            HelpName = "source|row|given",
            DefaultValueFactory = static _ => "source",
        };
        split.AcceptOnlyFromAmong("source", "row", "given");
        return split;
    }
}
