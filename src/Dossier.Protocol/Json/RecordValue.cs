namespace Dossier.Protocol.Json;

/// <summary>
/// A JSON value that keeps what a report must show: the order of members, and numbers as they were written. Null is
/// <see cref="RecordNull"/>; a C# null means "not there".
/// </summary>
public abstract class RecordValue
{
    private protected RecordValue()
    {
    }

    /// <summary>Whether this is null, an empty string, an empty array or an empty object: nothing worth a table.</summary>
    public bool IsEmpty => this switch
    {
        RecordNull => true,
        RecordText text => text.Value.Length == 0,
        RecordList array => array.Count == 0,
        RecordObject members => members.Count == 0,
        _ => false,
    };

    /// <summary>Wraps a text; a null text is <see cref="RecordNull"/>.</summary>
    public static RecordValue Of(string? text) => text is null ? RecordNull.Value : new RecordText(text);

    /// <summary>Wraps a truth value.</summary>
    public static RecordValue Of(bool value) => new RecordBool(value);

    /// <summary>Wraps an integer.</summary>
    public static RecordValue Of(long value) => RecordNumber.Of(value);

    /// <summary>The text as the data document's file holds it, without its final line end; for people who debug.</summary>
    public override string ToString() => JsonWriter.Write(this);
}

/// <summary>JSON's null.</summary>
public sealed class RecordNull : RecordValue
{
    private RecordNull()
    {
    }

    /// <summary>The only null there is.</summary>
    public static RecordNull Value { get; } = new();
}

/// <summary>True or false.</summary>
/// <param name="value">Which of them.</param>
public sealed class RecordBool(bool value) : RecordValue
{
    /// <summary>The truth value.</summary>
    public bool Value { get; } = value;
}

/// <summary>A string: any UTF-16 text, lone surrogates too.</summary>
/// <param name="value">The text.</param>
public sealed class RecordText(string value) : RecordValue
{
    /// <summary>The text, unescaped.</summary>
    public string Value { get; } = value;
}
