using System.Text;
using Dossier.Protocol.Json;
using Dossier.Protocol.Yaml;

namespace Dossier.Protocol;

/// <summary>
/// The <c>MLmodel</c> file that describes a logged model: YAML 1.1, read into an object whose members keep the file's order. Strings are
/// kept as they are (a signature's <c>inputs</c> is a string that holds JSON); timestamps stay strings.
/// </summary>
public static class MlModelFile
{
    /// <summary>The file's name below a model's directory.</summary>
    public const string Name = "MLmodel";

    // Less than what data documents may have, for the file becomes a part of one.
    private const int MaxDepth = JsonReader.MaxDepth - 16;

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="FormatException">The text is not YAML, not a mapping, or beyond the bounds of <see cref="YamlReader"/>.</exception>
    public static RecordObject Parse(string text) => YamlReader.Parse(text, MaxDepth) as RecordObject
        ?? throw new FormatException("Not an MLmodel file: a mapping with members such as 'flavors' and 'run_id' is expected.");

    /// <summary>Reads a file from a stream of UTF-8 text, which is not disposed; at most the bound of <see cref="YamlReader"/> is read of it.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>.</exception>
    public static async Task<RecordObject> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var buffer = new char[64 * 1024];
        var text = new StringBuilder();
        while (text.Length <= YamlReader.MaxLength)
        {
            var read = await reader.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            text.Append(buffer, 0, read);
        }

        return Parse(text.ToString());
    }
}
