using System.Buffers;
using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Server.Http;

/// <summary>Reads a message from the path and the query string, by the names that it has on the wire.</summary>
internal static class QueryMessage
{
    /// <summary>The message; what the request does not name is not set.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for a value of the wrong type.</exception>
    public static TMessage Read<TMessage>(Call call)
        where TMessage : class
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, write) in Parameters<TMessage>.All)
            {
                if (call.Http.Request.RouteValues.ContainsKey(name))
                {
                    json.WriteString(name, call.Route(name));
                }
                else
                {
                    write(json, call.Query, name);
                }
            }

            json.WriteEndObject();
        }

        return JsonSerializer.Deserialize(buffer.WrittenSpan, RequestJson.TypeInfo<TMessage>())!;
    }

    private static Action<Utf8JsonWriter, Query, string> Writer(Type type)
    {
        if (type == typeof(string))
        {
            return static (json, query, name) => WriteText(json, name, query.Text(name));
        }

        if (type == typeof(long?))
        {
            return static (json, query, name) =>
            {
                if (query.Integer(name) is { } number)
                {
                    json.WriteNumber(name, number);
                }
            };
        }

        if (type == typeof(ViewType?))
        {
            return static (json, query, name) => WriteText(json, name, query.View(name) is null ? null : query.Text(name));
        }

        if (type == typeof(IReadOnlyList<string>))
        {
            return static (json, query, name) =>
            {
                if (query.List(name) is { } texts)
                {
                    json.WriteStartArray(name);
                    foreach (var text in texts)
                    {
                        json.WriteStringValue(text);
                    }

                    json.WriteEndArray();
                }
            };
        }

        // A parameter of another kind can't stand in a query: it is read from bodies alone.
        return static (_, _, _) => { };
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static class Parameters<TMessage>
    {
        public static readonly (string Name, Action<Utf8JsonWriter, Query, string> Write)[] All =
            [.. RequestJson.TypeInfo<TMessage>().Properties.Where(RequestJson.IsOnWire).Select(property => (property.Name, Writer(property.PropertyType)))];
    }
}
