using System.Text;
using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Vision.Data;

/// <summary>A part of a data set as a dataset of the record: digest, source, schema and counts, in the forms that MLflow's own datasets have.</summary>
public static class DatasetInputs
{
    private const string Schema = """{"mlflow_colspec":[{"type":"binary","name":"image","required":true},{"type":"string","name":"label","required":true}]}""";

    /// <summary>Describes one part: its digest is that of the part's pictures, so that it changes when any of them does.</summary>
    /// <param name="splits">The parts.</param>
    /// <param name="part"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    public static Dataset Describe(Splits splits, string part)
    {
        var pictures = splits.Parts.FirstOrDefault(one => one.Name == part).Pictures
            ?? throw new ArgumentException($"'{part}' is not a part: use train, validation or test.", nameof(part));
        return new Dataset
        {
            Name = splits.Set.Name,
            Digest = PictureDigest.Of(pictures),
            SourceType = "local",
            Source = Json(json => json.WriteString("uri", splits.Set.Source)),
            Schema = Schema,
            Profile = Json(json => WriteProfile(json, splits, part, pictures)),
        };
    }

    private static void WriteProfile(Utf8JsonWriter json, Splits splits, string part, IReadOnlyList<Picture> pictures)
    {
        json.WriteNumber("num_rows", pictures.Count);
        json.WriteNumber("num_elements", pictures.Count);
        json.WriteString("format", splits.Set.Format);
        json.WriteString("part", part);
        json.WriteStartObject("classes");
        foreach (var label in splits.Set.Classes)
        {
            json.WriteNumber(label, pictures.Count(picture => picture.Label == label));
        }

        json.WriteEndObject();
        WriteRange(json, "width", pictures, picture => picture.Width);
        WriteRange(json, "height", pictures, picture => picture.Height);
        json.WriteNumber("size_bytes", pictures.Sum(picture => picture.Length));
        json.WriteNumber("distinct_contents", pictures.DistinctBy(picture => picture.Sha256).Count());
        json.WriteNumber("skipped", splits.Set.Skipped.Count);
        json.WriteString("data_set_digest", splits.Set.Digest);
        json.WriteString("split_method", splits.Method.ToString().ToLowerInvariant());
        if (splits.Seed is { } seed)
        {
            json.WriteNumber("split_seed", seed);
        }
    }

    private static void WriteRange(Utf8JsonWriter json, string name, IReadOnlyList<Picture> pictures, Func<Picture, int> measure)
    {
        if (pictures.Count > 0)
        {
            json.WriteStartObject(name);
            json.WriteNumber("min", pictures.Min(measure));
            json.WriteNumber("max", pictures.Max(measure));
            json.WriteEndObject();
        }
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
