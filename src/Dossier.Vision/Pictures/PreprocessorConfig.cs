using System.Text.Json;

namespace Dossier.Vision.Pictures;

/// <summary><c>preprocessor_config.json</c>, as ViTImageProcessor writes it now and as ViTFeatureExtractor did.</summary>
internal static class PreprocessorConfig
{
    private const int MaxFileBytes = 1 << 20;
    private const int MaxSide = 4096;

    public static ImageProcessor Read(string path)
    {
        using var document = Parse(path);
        try
        {
            return Read(document.RootElement);
        }
        catch (VisionException refusal)
        {
            throw new VisionException($"{path}: {refusal.Message}", refusal);
        }
    }

    public static void Write(ImageProcessor processor, string path)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteBoolean("do_convert_rgb", true);
        json.WriteBoolean("do_normalize", true);
        json.WriteBoolean("do_rescale", true);
        json.WriteBoolean("do_resize", processor.Resize);
        WriteNumbers(json, "image_mean", processor.Mean);
        json.WriteString("image_processor_type", "ViTImageProcessor");
        WriteNumbers(json, "image_std", processor.Std);
        json.WriteNumber("resample", (int)processor.Resample);
        json.WriteNumber("rescale_factor", processor.RescaleFactor);
        json.WriteStartObject("size");
        json.WriteNumber("height", processor.Height);
        json.WriteNumber("width", processor.Width);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxFileBytes)
            {
                throw new VisionException($"{path} has {file.Length:N0} bytes; {MaxFileBytes:N0} are the most.");
            }

            return JsonDocument.Parse(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VisionException($"{path} is missing: it describes how pictures are turned into the model's input.", error);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static ImageProcessor Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new VisionException("a JSON object is expected.");
        }

        foreach (var key in (string[])["image_processor_type", "feature_extractor_type"])
        {
            if (Find(json, key) is { } type && !(type.ValueKind == JsonValueKind.String && type.GetString()!.StartsWith("ViT", StringComparison.Ordinal)))
            {
                throw new VisionException($"{key} is {type.GetRawText()}, which is not supported: use ViTImageProcessor or ViTFeatureExtractor.");
            }
        }

        if (Flag(json, "do_center_crop", false))
        {
            throw new VisionException("do_center_crop is true; a ViT's pictures are resized, not cut.");
        }

        var standard = new ImageProcessor();
        var (height, width) = Size(json, standard);
        var normalize = Flag(json, "do_normalize", true);
        return new ImageProcessor
        {
            Height = height,
            Width = width,
            Resize = Flag(json, "do_resize", true),
            Resample = Find(json, "resample") is { } resample ? (Resample)Whole(resample, "resample", 0, 3) : standard.Resample,
            RescaleFactor = !Flag(json, "do_rescale", true) ? 1
                : Find(json, "rescale_factor") is { } factor ? Number(factor, "rescale_factor") : standard.RescaleFactor,
            Mean = normalize ? Channels(json, "image_mean", standard.Mean) : [0, 0, 0],
            Std = normalize ? Channels(json, "image_std", standard.Std) : [1, 1, 1],
        };
    }

    private static (int Height, int Width) Size(JsonElement json, ImageProcessor standard) => Find(json, "size") switch
    {
        null => (standard.Height, standard.Width),
        { ValueKind: JsonValueKind.Number } size => (Whole(size, "size", 1, MaxSide), Whole(size, "size", 1, MaxSide)),
        { ValueKind: JsonValueKind.Object } size when Find(size, "height") is { } height && Find(size, "width") is { } width =>
            (Whole(height, "size.height", 1, MaxSide), Whole(width, "size.width", 1, MaxSide)),
        { } size => throw new VisionException($"size is {size.GetRawText()}; a number, or {{\"height\": …, \"width\": …}}, is expected."),
    };

    private static IReadOnlyList<double> Channels(JsonElement json, string key, IReadOnlyList<double> standard)
    {
        if (Find(json, key) is not { } value)
        {
            return standard;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 3)
        {
            throw new VisionException($"{key} must be three numbers: of red, green and blue.");
        }

        var channels = value.EnumerateArray().Select(channel => Number(channel, key)).ToArray();
        return key == "image_std" && channels.Contains(0) ? throw new VisionException("image_std holds a 0; pixels are divided by it.") : channels;
    }

    private static bool Flag(JsonElement json, string key, bool standard) => Find(json, key) switch
    {
        null => standard,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new VisionException($"{key} must be true or false."),
    };

    private static int Whole(JsonElement value, string key, int min, int max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : throw new VisionException($"{key} must be a whole number from {min} to {max}.");

    private static double Number(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new VisionException($"{key} must hold numbers.");

    private static JsonElement? Find(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void WriteNumbers(Utf8JsonWriter json, string key, IReadOnlyList<double> numbers)
    {
        json.WriteStartArray(key);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
