using System.Globalization;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Http;

/// <summary>A request's query string, read by the protocol's names. A repeated key is a list; elsewhere its last value counts.</summary>
internal readonly struct Query(IQueryCollection values)
{
    /// <summary>A text; null if the key is absent.</summary>
    public string? Text(string key) => values.TryGetValue(key, out var found) ? found[^1] : null;

    /// <summary>A list of texts; null if the key is absent.</summary>
    public IReadOnlyList<string>? List(string key) => values.TryGetValue(key, out var found) ? [.. found.OfType<string>()] : null;

    /// <summary>An integer; null if the key is absent.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for anything else.</exception>
    public long? Integer(string key) => Text(key) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw ProtocolException.InvalidValue(TextRules.Excerpt(text), key, "it must be an integer."),
    };

    /// <summary>A view type by its protocol name; null if the key is absent.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for anything else.</exception>
    public ViewType? View(string key) => Text(key) switch
    {
        null => null,
        "ACTIVE_ONLY" => ViewType.ActiveOnly,
        "DELETED_ONLY" => ViewType.DeletedOnly,
        "ALL" => ViewType.All,
        var text => throw ProtocolException.InvalidValue(TextRules.Excerpt(text), key, "it must be one of ACTIVE_ONLY, DELETED_ONLY, ALL."),
    };
}
