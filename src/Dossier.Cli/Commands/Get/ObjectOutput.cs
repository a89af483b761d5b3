using System.CommandLine;
using Dossier.Cli.Options;
using Dossier.Cli.Output;

namespace Dossier.Cli.Commands.Get;

/// <summary>Prints one object in the format that the command line asks for.</summary>
internal static class ObjectOutput
{
    /// <summary>Prints the protocol's object, or shows it to people.</summary>
    public static void Write<T>(ParseResult parsed, T value, Action<T> show)
    {
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonOutput.Pretty(value));
        }
        else
        {
            show(value);
        }
    }
}
