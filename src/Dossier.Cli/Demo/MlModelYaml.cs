using Dossier.Protocol.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dossier.Cli.Demo;

/// <summary>Writes an MLmodel file.</summary>
internal static class MlModelYaml
{
    /// <summary>The file's text: block style, strings quoted where they would read as something else.</summary>
    public static string Write(JsonObject mlModel)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        Emit(emitter, mlModel);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart());
                foreach (var (key, member) in members)
                {
                    emitter.Emit(new Scalar(key));
                    Emit(emitter, member);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonString text:
                emitter.Emit(Plain(text.Value, char.IsAsciiLetter(text.Value.FirstOrDefault()) ? ScalarStyle.Any : ScalarStyle.SingleQuoted));
                break;
            default:
                emitter.Emit(Plain(JsonWriter.Write(value), ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar Plain(string text, ScalarStyle style) =>
        new(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
}
