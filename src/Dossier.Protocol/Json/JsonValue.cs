namespace Dossier.Protocol.Json;

/// <summary>
/// A JSON value that keeps what a report must show: the order of members, and numbers as they were written. Null is
/// <see cref="JsonNull"/>; a C# null means "not there".
/// </summary>
public abstract class JsonValue
{
    private protected JsonValue()
    {
    }

    /// <summary>Whether this is null, an empty string, an empty array or an empty object: nothing worth a table.</summary>
    public bool IsEmpty => this switch
    {
        JsonNull => true,
        JsonString text => text.Value.Length == 0,
        JsonArray array => array.Count == 0,
        JsonObject members => members.Count == 0,
        _ => false,
    };

    /// <summary>Wraps a text; a null text is <see cref="JsonNull"/>.</summary>
    public static JsonValue Of(string? text) => text is null ? JsonNull.Value : new JsonString(text);

    /// <summary>Wraps a truth value.</summary>
    public static JsonValue Of(bool value) => new JsonBool(value);

    /// <summary>Wraps an integer.</summary>
    public static JsonValue Of(long value) => JsonNumber.Of(value);

    /// <summary>The text as the data document's file holds it, without its final line end; for people who debug.</summary>
    public override string ToString() => JsonWriter.Write(this);
}

/// <summary>JSON's null.</summary>
public sealed class JsonNull : JsonValue
{
    private JsonNull()
    {
    }

    /// <summary>The only null there is.</summary>
    public static JsonNull Value { get; } = new();
}

/// <summary>True or false.</summary>
/// <param name="value">Which of them.</param>
public sealed class JsonBool(bool value) : JsonValue
{
    /// <summary>The truth value.</summary>
    public bool Value { get; } = value;
}

/// <summary>A string: any UTF-16 text, lone surrogates too.</summary>
/// <param name="value">The text.</param>
public sealed class JsonString(string value) : JsonValue
{
    /// <summary>The text, unescaped.</summary>
    public string Value { get; } = value;
}
