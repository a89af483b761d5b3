using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Dossier.Protocol.Scim;

/// <summary>SCIM's JSON: camelCase names, unset attributes left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ScimUser))]
[JsonSerializable(typeof(ScimGroup))]
[JsonSerializable(typeof(ScimServicePrincipal))]
[JsonSerializable(typeof(ScimList<ScimUser>))]
[JsonSerializable(typeof(ScimList<ScimGroup>))]
[JsonSerializable(typeof(ScimList<ScimServicePrincipal>))]
[JsonSerializable(typeof(ScimPatch))]
[JsonSerializable(typeof(ScimError))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ScimJsonContext : JsonSerializerContext;
