using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.OpenApi;

/// <summary>
/// JSON schemas of messages, made of the same metadata that reads and writes them, so that they say what really is on the wire. Each message is described
/// once, under its type's name.
/// </summary>
internal sealed class MessageSchemas
{
    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete };

    private readonly SortedDictionary<string, JsonNode> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Type, bool IsRequest), string> _names = [];

    /// <summary>The members of a message that stand in a query, each with its schema.</summary>
    public static IEnumerable<(string Name, JsonNode Schema)> Members(Type message) => RequestJson.Options.GetTypeInfo(message).Properties
        .Where(RequestJson.IsOnWire).Select(static property => (property.Name, RequestJson.Options.GetJsonSchemaAsNode(property.PropertyType, Exporting)));

    /// <summary>A reference to the schema of a request's body.</summary>
    /// <param name="message">The message.</param>
    /// <param name="inPath">The members that the path has, which the body's count for nothing.</param>
    public JsonNode Request(Type message, IReadOnlyCollection<string> inPath) => Reference(message, true, inPath);

    /// <summary>A reference to the schema of an answer.</summary>
    public JsonNode Answer(Type message) => Reference(message, false, []);

    /// <summary>All schemas that were referred to, by name.</summary>
    public JsonObject All() => new(_all.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private JsonObject Reference(Type message, bool isRequest, IReadOnlyCollection<string> inPath)
    {
        if (!_names.TryGetValue((message, isRequest), out var name))
        {
            name = _all.ContainsKey(message.Name) ? $"{message.Name}{(isRequest ? "Request" : "Answer")}" : message.Name;
            _names.Add((message, isRequest), name);
            var options = isRequest ? RequestJson.Options : WireJson.OptionsOf(message);
            var schema = options.GetJsonSchemaAsNode(message, Exporting);
            if (schema is JsonObject whole && whole["properties"] is JsonObject members)
            {
                foreach (var member in inPath)
                {
                    members.Remove(member);
                }
            }

            MoveReferences(schema, $"#/components/schemas/{name}");
            _all.Add(name, schema);
        }

        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    // The exporter refers to a type that occurs twice by its place below the message; in the document that place is below the message's schema.
    private static void MoveReferences(JsonNode? node, string root)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                MoveReferences(item, root);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference)
            {
                members["$ref"] = root + reference.GetValue<string>()[1..];
            }

            foreach (var (_, member) in members)
            {
                MoveReferences(member, root);
            }
        }
    }

    // What has a converter of its own the exporter can't see into.
    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        return schema.GetValueKind() != JsonValueKind.True ? schema
            : type == typeof(long) ? new JsonObject { ["type"] = "integer", ["format"] = "int64" }
            : type == typeof(double) ? new JsonObject { ["type"] = "number", ["format"] = "double" }
            : new JsonObject();
    }
}
