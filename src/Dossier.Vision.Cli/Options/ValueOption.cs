using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Dossier.Vision.Cli.Options;

/// <summary>Options that take a number, told in words when it is none.</summary>
internal static class ValueOption
{
    /// <summary>An option with a default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">The value when the user gives none.</param>
    /// <param name="description">Its help.</param>
    public static Option<T> Of<T>(string name, T otherwise, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => otherwise,
            CustomParser = result => Parse<T>(name, result) ?? otherwise,
        };

    /// <summary>An option that may be left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its help.</param>
    public static Option<T?> Maybe<T>(string name, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = result => Parse<T>(name, result),
        };

    private static T? Parse<T>(string name, System.CommandLine.Parsing.ArgumentResult result)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value))
        {
            return value;
        }

        result.AddError(typeof(T) == typeof(double) ? $"'{name}' must be a number, e.g. 0.1 or 5e-05, not '{text}'." : $"'{name}' must be a whole number, not '{text}'.");
        return null;
    }
}
