using System.Text.RegularExpressions;
using Dossier.Protocol.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dossier.Protocol.Yaml;

/// <summary>Writes block-style YAML that YAML 1.1 readers such as Python's read back as the same values: whatever could be taken for something else is quoted.</summary>
public static partial class YamlWriter
{
    /// <summary>The text of a document, with lines that end in LF.</summary>
    public static string Write(RecordValue value)
    {
        ArgumentNullException.ThrowIfNull(value);

        // The emitter ends lines as its writer does: LF, on every system.
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, RecordValue value)
    {
        switch (value)
        {
            case RecordObject members:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, member) in members)
                {
                    Emit(emitter, new RecordText(key));
                    Emit(emitter, member);
                }

                emitter.Emit(new MappingEnd());
                break;
            case RecordList items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case RecordText text:
                emitter.Emit(Scalar(text.Value, StyleOf(text.Value)));
                break;
            default:
                emitter.Emit(Scalar(value.ToString(), ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar Scalar(string text, ScalarStyle style) =>
        new(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);

    private static ScalarStyle StyleOf(string text) =>
        text.Any(char.IsControl) ? ScalarStyle.DoubleQuoted
        : Harmless().IsMatch(text) && !Word().IsMatch(text) ? ScalarStyle.Plain
        : ScalarStyle.SingleQuoted;

    [GeneratedRegex(@"^[A-Za-z_/][A-Za-z0-9_./=<>+-]*\z")]
    private static partial Regex Harmless();

    // What YAML 1.1 takes for a truth value or for nothing.
    [GeneratedRegex(@"^(?:y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
