using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Finds a message's JSON metadata: the protocol's own messages, and those that only Databricks has.</summary>
internal static class ClientJson
{
    public static JsonTypeInfo<T> TypeInfo<T>() =>
        DatabricksJsonContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? WireJson.TypeInfo<T>();
}

/// <summary>The JSON of messages that only Databricks has.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CredentialsForRead))]
[JsonSerializable(typeof(CredentialsAnswer))]
[JsonSerializable(typeof(SignedUri))]
internal sealed partial class DatabricksJsonContext : JsonSerializerContext;
