using System.CommandLine;
using System.CommandLine.Parsing;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Permissions;

/// <summary>The arguments that say who gets, or loses, how much.</summary>
internal static class GrantArgument
{
    /// <summary>PRINCIPAL=LEVEL, once or more.</summary>
    public static Argument<AccessControlRequest[]> Grants { get; } = new("PRINCIPAL=LEVEL")
    {
        Description = $"A principal and a level: {PrincipalName.Forms}, then = and a level, e.g. group:data=CAN_EDIT, or 'edit' for short",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => Each(result, Grant),
    };

    /// <summary>PRINCIPAL, once or more.</summary>
    public static Argument<PrincipalName[]> Principals { get; } = new("PRINCIPAL")
    {
        Description = PrincipalName.Forms,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => Each(result, Principal),
    };

    /// <summary>A level's name: <c>CAN_EDIT</c>, also written <c>can-edit</c> or <c>edit</c>.</summary>
    public static string Level(string text)
    {
        var name = text.ToUpperInvariant().Replace('-', '_');
        return name.StartsWith("CAN_", StringComparison.Ordinal) || name == "NO_PERMISSIONS" ? name : "CAN_" + name;
    }

    /// <summary>A principal, or an error that says why it is none.</summary>
    public static PrincipalName? Principal(string text, SymbolResult result)
    {
        var principal = PrincipalName.Parse(text);
        if (principal is null)
        {
            result.AddError(PrincipalName.Unclear(text));
        }

        return principal;
    }

    private static AccessControlRequest? Grant(string text, SymbolResult result)
    {
        var equals = text.LastIndexOf('=');
        if (equals > 0 && equals < text.Length - 1)
        {
            return Principal(text[..equals], result)?.Request(Level(text[(equals + 1)..]));
        }

        result.AddError($"'{text}' has no level: use PRINCIPAL=LEVEL, e.g. {text.TrimEnd('=')}=CAN_EDIT.");
        return null;
    }

    private static T[]? Each<T>(ArgumentResult result, Func<string, SymbolResult, T?> parse)
        where T : class
    {
        var items = result.Tokens.Select(token => parse(token.Value, result)).ToList();
        return items.Contains(null) ? null : [.. items.OfType<T>()];
    }
}
