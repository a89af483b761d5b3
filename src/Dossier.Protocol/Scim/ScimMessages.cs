using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dossier.Protocol.Scim;

/// <summary>A page of resources.</summary>
/// <param name="Schemas"><see cref="ScimSchema.List"/>.</param>
/// <param name="TotalResults">How many match in all.</param>
/// <param name="StartIndex">The place of the first one here, from 1.</param>
/// <param name="ItemsPerPage">How many are here; may be fewer than asked for.</param>
/// <param name="Resources">They themselves.</param>
public sealed record ScimList<T>(
    IReadOnlyList<string> Schemas, long TotalResults, long StartIndex, int ItemsPerPage, [property: JsonPropertyName("Resources")] IReadOnlyList<T>? Resources);

/// <summary>Changes to one resource, done all or not at all.</summary>
/// <param name="Schemas"><see cref="ScimSchema.Patch"/>.</param>
/// <param name="Operations">What to do, in this order.</param>
public sealed record ScimPatch(IReadOnlyList<string> Schemas, [property: JsonPropertyName("Operations")] IReadOnlyList<ScimOperation> Operations);

/// <summary>One change.</summary>
/// <param name="Op"><c>add</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="Path">The attribute, e.g. <c>active</c> or <c>members[value eq "12"]</c>; null: the value's members say which.</param>
/// <param name="Value">The value.</param>
public sealed record ScimOperation(string Op, string? Path, JsonElement? Value);

/// <summary>SCIM's error body.</summary>
/// <param name="Schemas"><see cref="ScimSchema.Error"/>.</param>
/// <param name="Status">The HTTP status, as text.</param>
/// <param name="ScimType">What kind of error, e.g. <c>uniqueness</c>; null where SCIM has no word.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
public sealed record ScimError(IReadOnlyList<string>? Schemas, string? Status, string? ScimType, string? Detail);
