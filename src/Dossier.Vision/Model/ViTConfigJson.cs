using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dossier.Vision.Model;

/// <summary><c>config.json</c> as transformers writes it: keys in order, ids as text, fields that are not known here passed over.</summary>
internal static class ViTConfigJson
{
    // ImageNet-21k's class names, both ways, take about 2 MB.
    private const int MaximumBytes = 16 << 20;

    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static ViTConfig Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new VisionException($"There is no {path}. A model's folder holds {ViTConfig.FileName} and {ModelWeights.SafeTensorsName} or {ModelWeights.PyTorchName}.");
            }

            if (file.Length > MaximumBytes)
            {
                throw new VisionException($"{path} is {file.Length} bytes long; a model's config is at most {MaximumBytes}.");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(new Fields(path, document.RootElement));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new VisionException($"{path} is not JSON: {malformed.Message}", malformed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    public static void Write(ViTConfig config, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, WriterOptions))
        {
            Write(config, json);
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Write(ViTConfig config, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (config.NameOrPath is not null)
        {
            json.WriteString("_name_or_path", config.NameOrPath);
        }

        json.WriteStartArray("architectures");
        json.WriteStringValue(nameof(ViTForImageClassification));
        json.WriteEndArray();
        Float("attention_probs_dropout_prob", config.AttentionProbsDropoutProb);
        json.WriteNumber("encoder_stride", config.EncoderStride);
        json.WriteString("hidden_act", config.HiddenAct);
        Float("hidden_dropout_prob", config.HiddenDropoutProb);
        json.WriteNumber("hidden_size", config.HiddenSize);
        json.WriteStartObject("id2label");
        foreach (var (id, label) in config.Labels.Index())
        {
            json.WriteString(id.ToString(CultureInfo.InvariantCulture), label);
        }

        json.WriteEndObject();
        json.WriteNumber("image_size", config.ImageSize);
        Float("initializer_range", config.InitializerRange);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        json.WriteStartObject("label2id");
        // ImageNet has two cranes and two maillots: as in Python's dict, the later id stands.
        foreach (var (label, id) in config.Labels.Index().GroupBy(entry => entry.Item, entry => entry.Index).Select(group => (group.Key, group.Last()))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(label, id);
        }

        json.WriteEndObject();
        Float("layer_norm_eps", config.LayerNormEps);
        json.WriteString("model_type", "vit");
        json.WriteNumber("num_attention_heads", config.NumAttentionHeads);
        json.WriteNumber("num_channels", config.NumChannels);
        json.WriteNumber("num_hidden_layers", config.NumHiddenLayers);
        json.WriteNumber("patch_size", config.PatchSize);
        json.WriteBoolean("qkv_bias", config.QkvBias);
        json.WriteString("torch_dtype", "float32");
        json.WriteString("transformers_version", ViTConfig.TransformersVersion);
        json.WriteEndObject();

        // Python reads 0 as an int and 0.0 as a float; what is a float stays one.
        void Float(string name, double value)
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
            json.WritePropertyName(name);
            json.WriteRawValue(text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0");
        }
    }

    private static ViTConfig Read(Fields fields)
    {
        var type = fields.Text("model_type", string.Empty);
        if (type != "vit")
        {
            throw fields.Wrong("model_type", type.Length == 0 ? "missing; it must be 'vit'" : $"'{type}'; only 'vit' is understood");
        }

        var usual = new ViTConfig();
        return new ViTConfig
        {
            HiddenSize = fields.Integer("hidden_size", usual.HiddenSize),
            NumHiddenLayers = fields.Integer("num_hidden_layers", usual.NumHiddenLayers),
            NumAttentionHeads = fields.Integer("num_attention_heads", usual.NumAttentionHeads),
            IntermediateSize = fields.Integer("intermediate_size", usual.IntermediateSize),
            HiddenAct = fields.Text("hidden_act", usual.HiddenAct),
            HiddenDropoutProb = fields.Number("hidden_dropout_prob", usual.HiddenDropoutProb),
            AttentionProbsDropoutProb = fields.Number("attention_probs_dropout_prob", usual.AttentionProbsDropoutProb),
            InitializerRange = fields.Number("initializer_range", usual.InitializerRange),
            LayerNormEps = fields.Number("layer_norm_eps", usual.LayerNormEps),
            ImageSize = fields.Integer("image_size", usual.ImageSize),
            PatchSize = fields.Integer("patch_size", usual.PatchSize),
            NumChannels = fields.Integer("num_channels", usual.NumChannels),
            QkvBias = fields.Flag("qkv_bias", usual.QkvBias),
            EncoderStride = fields.Integer("encoder_stride", usual.EncoderStride),
            Labels = fields.Labels(usual.Labels),
            NameOrPath = fields.Text("_name_or_path", string.Empty) is { Length: > 0 } name ? name : null,
        };
    }

    /// <summary>The file's fields; one that is missing has its default, one of another type is an error that names it.</summary>
    private readonly struct Fields
    {
        private readonly string _path;
        private readonly Dictionary<string, JsonElement> _values = [];

        public Fields(string path, JsonElement root)
        {
            _path = path;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new VisionException($"{path} must hold a JSON object, not {Kind(root)}.");
            }

            foreach (var property in root.EnumerateObject())
            {
                _values[property.Name] = property.Value;
            }
        }

        public int Integer(string name, int usual) =>
            Find(name) is not { } value ? usual
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
            : throw Wrong(name, $"{Shown(value)}; it must be a whole number of at most 32 bits");

        public double Number(string name, double usual) =>
            Find(name) is not { } value ? usual
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number
            : throw Wrong(name, $"{Shown(value)}; it must be a number");

        public bool Flag(string name, bool usual) => Find(name) switch
        {
            null => usual,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { } value => throw Wrong(name, $"{Shown(value)}; it must be true or false"),
        };

        public string Text(string name, string usual) =>
            Find(name) is not { } value ? usual
            : value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Wrong(name, $"{Shown(value)}; it must be a text");

        public string[] Labels(IReadOnlyList<string> usual)
        {
            if (Find("id2label") is not { } map)
            {
                var count = Integer("num_labels", usual.Count);
                return count is >= 1 and <= 100_000
                    ? [.. Enumerable.Range(0, count).Select(id => $"LABEL_{id.ToString(CultureInfo.InvariantCulture)}")]
                    : throw Wrong("num_labels", $"{count}; it must be from 1 to 100000");
            }

            if (map.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("id2label", $"{Shown(map)}; it must be an object of names by id, as {{\"0\": \"normal\", \"1\": \"damaged\"}}");
            }

            var labels = new string?[map.GetPropertyCount()];
            foreach (var entry in map.EnumerateObject())
            {
                if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id >= labels.Length || labels[id] is not null)
                {
                    throw Wrong("id2label", $"odd at '{Clip(entry.Name)}': the ids of {labels.Length} labels are 0 to {labels.Length - 1}, each once");
                }

                labels[id] = entry.Value.ValueKind == JsonValueKind.String
                    ? entry.Value.GetString()
                    : throw Wrong("id2label", $"{Shown(entry.Value)} at '{entry.Name}'; a label is a text");
            }

            return labels!;
        }

        public VisionException Wrong(string name, string what) => new($"{_path}: {name} is {what}.");

        private JsonElement? Find(string name) => _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private static string Shown(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Kind(value) : Clip(value.GetRawText());

        private static string Kind(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };

        private static string Clip(string text) => text.Length <= 40 ? text : text[..40] + "…";
    }
}
