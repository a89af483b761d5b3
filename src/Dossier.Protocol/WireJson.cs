using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dossier.Protocol.Scim;

namespace Dossier.Protocol;

/// <summary>The JSON options that server and client share: those of <see cref="ProtocolJsonContext"/>, with empty lists left out where nothing says otherwise.</summary>
public static class WireJson
{
    /// <summary>Read-only; get the metadata of a message with <see cref="TypeInfo{T}"/>.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The metadata to read or write <typeparamref name="T"/> with.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is a message neither of <see cref="ProtocolJsonContext"/> nor of <see cref="ScimJsonContext"/>.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() =>
        ScimJsonContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ProtocolJsonContext.Default.Options)
        {
            TypeInfoResolver = ProtocolJsonContext.Default.WithAddedModifier(LeaveOutEmptyLists),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // What clients need to be there, even if empty, says so.
            var always = property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) == true;
            if (!always && property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                property.ShouldSerialize = static (_, value) => value is not (null or ICollection { Count: 0 });
            }
        }
    }
}
