using System.Text.Json;
using Dossier.Core.Prompts;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>An event of the registry, read for webhooks.</summary>
public sealed record RegistryEvent
{
    private readonly List<(string Field, string? From, string? To)> _fields = [];

    /// <param name="action">The event's action.</param>
    /// <param name="principal">The caller's name.</param>
    /// <param name="at">When, in milliseconds since the epoch.</param>
    /// <param name="objectId">The model's name, or <c>NAME/VERSION</c>.</param>
    /// <param name="detail">The event's JSON.</param>
    public RegistryEvent(string action, string principal, long at, string objectId, string detail)
    {
        (Action, Principal, At) = (action, principal, at);
        // Names hold no slash.
        var slash = objectId.IndexOf('/', StringComparison.Ordinal);
        (ModelName, Version) = slash < 0 ? (objectId, null) : (objectId[..slash], objectId[(slash + 1)..]);
        using var json = JsonDocument.Parse(detail);
        if (json.RootElement.TryGetProperty("changes", out var changes))
        {
            _fields.AddRange(changes.EnumerateArray().Select(change => (Text(change, "field") ?? "", Text(change, "from"), Text(change, "to"))));
        }
    }

    /// <summary>What was done, e.g. <c>model_version.create</c>.</summary>
    public string Action { get; }

    /// <summary>The caller's name.</summary>
    public string Principal { get; }

    /// <summary>When, in milliseconds since the epoch.</summary>
    public long At { get; }

    /// <summary>The registered model, by its name at that time.</summary>
    public string ModelName { get; }

    /// <summary>The version; null where it is about the model.</summary>
    public string? Version { get; }

    /// <summary>Whether the model is a prompt.</summary>
    public bool IsPrompt { get; init; }

    /// <summary>Whether the change itself marks the model or version as a prompt.</summary>
    public bool MarksPrompt => To($"tags.{PromptTags.Marker}") is not null;

    /// <summary>Tags that were set.</summary>
    public IEnumerable<Tag> TagsSet => Keyed("tags.").Where(tag => tag.To is not null).Select(tag => new Tag(tag.Key, tag.To!));

    /// <summary>Keys of tags that were deleted.</summary>
    public IEnumerable<string> TagsDeleted => Keyed("tags.").Where(tag => tag.To is null).Select(tag => tag.Key);

    /// <summary>The alias that was set or deleted, with the version that it now points to.</summary>
    public (string Alias, string? Version) Alias => Keyed("aliases.").Select(alias => (alias.Key, alias.To)).FirstOrDefault();

    /// <summary>A field's value before.</summary>
    public string? From(string field) => _fields.FirstOrDefault(change => change.Field == field).From;

    /// <summary>A field's value after.</summary>
    public string? To(string field) => _fields.FirstOrDefault(change => change.Field == field).To;

    // An event that is of no concern here may be of another form, and must not stop the rest.
    private static string? Text(JsonElement change, string name) =>
        change.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private IEnumerable<(string Key, string? To)> Keyed(string prefix) => _fields
        .Where(change => change.Field.StartsWith(prefix, StringComparison.Ordinal))
        .Select(change => (change.Field[prefix.Length..], change.To));
}
