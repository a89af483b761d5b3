using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Data.Sources;

/// <summary>Which columns of a Parquet file hold what.</summary>
/// <param name="Content">The encoded pictures.</param>
/// <param name="Label">The class, as text or a number; null if none was asked for.</param>
/// <param name="Name">The picture's name, if there is a column for it.</param>
/// <param name="Split">The split, if there is a column for it.</param>
/// <param name="ClassNames">What a label's numbers mean, where the file says it as Hugging Face's data sets do.</param>
internal sealed record ParquetColumns(DataField Content, DataField? Label, DataField? Name, DataField? Split, IReadOnlyList<string> ClassNames)
{
    private static readonly string[] Contents = ["content", "image", "image/bytes", "content/bytes", "bytes", "data"];
    private static readonly string[] Names = ["name", "path", "filename", "file_name", "image/path"];

    /// <exception cref="VisionException">The pictures or the labels are not there.</exception>
    public static ParquetColumns Find(ParquetReader reader, string path, bool labelled)
    {
        var fields = reader.Schema.DataFields.Where(field => field.MaxRepetitionLevel == 0).ToArray();
        DataField? First(string[] names, Func<DataField, bool> suits) => names
            .Select(name => Array.Find(fields, field => PathOf(field).Equals(name, StringComparison.OrdinalIgnoreCase) && suits(field))).FirstOrDefault(field => field is not null);
        var content = First(Contents, ParquetText.IsBinary);
        var label = labelled ? First(["label", "labels", "class"], ParquetText.CanRead) : null;
        if (content is null || (labelled && label is null))
        {
            var there = string.Join(", ", fields.Take(20).Select(field => $"{PathOf(field)} ({(ParquetText.IsText(field) ? "text" : ParquetText.IsBinary(field) ? "binary" : field.ClrType.Name)})"));
            throw new VisionException($"{path} has the columns {there}; content or image (binary) with the pictures{(labelled ? ", and label (text or whole number) are" : " is")} expected.");
        }

        return new ParquetColumns(content, label, First(Names, ParquetText.IsText), First(["split"], ParquetText.CanRead), label is null ? [] : ReadClassNames(reader, label));
    }

    private static string PathOf(DataField field) => string.Join('/', field.Path.ToList());

    // {"info":{"features":{"label":{"names":["normal","damaged"],"_type":"ClassLabel"}}}}
    private static IReadOnlyList<string> ReadClassNames(ParquetReader reader, DataField label)
    {
        if (!reader.CustomMetadata.TryGetValue("huggingface", out var text))
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            var at = json.RootElement;
            foreach (var key in (string[])["info", "features", label.Name, "names"])
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(key, out at))
                {
                    return [];
                }
            }

            return at.ValueKind == JsonValueKind.Array && at.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
                ? [.. at.EnumerateArray().Select(name => name.GetString()!)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
