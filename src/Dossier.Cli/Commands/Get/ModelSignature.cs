using Dossier.CommandLine.Output;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary>One input, output or param of a signature.</summary>
/// <param name="Name">Its name; null for unnamed ones.</param>
/// <param name="Type">Its type, e.g. <c>double</c>, <c>float32[-1, 3, 224, 224]</c>, <c>array&lt;string&gt;</c>.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Default">A param's default, as JSON.</param>
internal sealed record SignatureField(string? Name, string Type, bool Required, string? Default);

/// <summary>The signature in an MLmodel file: its members are strings that hold JSON.</summary>
/// <param name="Json">The signature with its members as JSON.</param>
internal sealed record ModelSignature(RecordObject Json)
{
    private const int MaxDepth = 64;

    /// <summary>What the model takes.</summary>
    public IReadOnlyList<SignatureField> Inputs => Fields("inputs");

    /// <summary>What it gives.</summary>
    public IReadOnlyList<SignatureField> Outputs => Fields("outputs");

    /// <summary>What tunes it at inference.</summary>
    public IReadOnlyList<SignatureField> Params => Fields("params");

    /// <summary>The signature; null when the model has none.</summary>
    public static ModelSignature? Of(RecordObject mlModel) =>
        mlModel.ObjectAt("signature") is { Count: > 0 } signature && signature.Any(member => member.Value is not RecordNull)
            ? new ModelSignature(new RecordObject(signature.Select(member => KeyValuePair.Create(member.Key, Parsed(member.Value)))))
            : null;

    private static RecordValue Parsed(RecordValue value) =>
        value is RecordText text && JsonReader.TryParse(text.Value, MaxDepth, out var parsed) ? parsed : value;

    private IReadOnlyList<SignatureField> Fields(string member) =>
        [.. (Json.ArrayAt(member) ?? []).OfType<RecordObject>().Select(Field)];

    private static SignatureField Field(RecordObject field) => new(
        field.TextAt("name"),
        SignatureType.Text(field),
        field["required"] is not RecordBool { Value: false } && field["optional"] is not RecordBool { Value: true },
        field["default"] is { } value ? JsonLine.Of(value) : null);
}
