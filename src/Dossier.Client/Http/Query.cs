using System.Globalization;
using System.Text;

namespace Dossier.Client;

/// <summary>A query string. What is null is left out; lists repeat their key.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    public Query Add(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public Query Add(string key, long? value) => Add(key, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string key, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
        {
            Add(key, value);
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
