using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Finds a message's JSON metadata: the protocol's own messages, and the client's own.</summary>
internal static class ClientJson
{
    public static JsonTypeInfo<T> TypeInfo<T>() =>
        OwnJsonContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? WireJson.TypeInfo<T>();
}

/// <summary>The JSON of messages that only Databricks has, and of answers that are read in part.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CredentialsForRead))]
[JsonSerializable(typeof(CredentialsAnswer))]
[JsonSerializable(typeof(SignedUri))]
[JsonSerializable(typeof(FoundVersionAnswer))]
[JsonSerializable(typeof(FoundVersionsAnswer))]
internal sealed partial class OwnJsonContext : JsonSerializerContext;
