using System.CommandLine;
using System.Globalization;

namespace Dossier.CommandLine.Options;

/// <summary>Options that take a whole number within bounds.</summary>
public static class NumberOption
{
    /// <summary>The option <c>--port</c>; 0 takes a free one.</summary>
    /// <param name="description">Its help.</param>
    /// <param name="defaultPort">The port when the option is not set.</param>
    public static Option<int> Port(string description, int defaultPort) =>
        Create("--port", "-p", "PORT", description, defaultPort, ushort.MaxValue, "'--port' must be a number from 1 to 65535, or 0 for a free port.");

    /// <summary>The option <c>--limit</c>; 0 is all.</summary>
    /// <param name="description">Its help.</param>
    /// <param name="defaultLimit">The limit when the option is not set.</param>
    public static Option<int> Limit(string description, int defaultLimit) =>
        Create("--limit", "-n", "COUNT", description, defaultLimit, int.MaxValue, "'--limit' must be a number, or 0 for all.");

    private static Option<int> Create(string name, string alias, string helpName, string description, int otherwise, int largest, string message) =>
        new(name, alias)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => otherwise,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest)
                {
                    return number;
                }

                result.AddError(message);
                return otherwise;
            },
        };
}
