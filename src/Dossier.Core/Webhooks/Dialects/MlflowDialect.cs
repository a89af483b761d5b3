using System.Globalization;
using System.Text.Json;
using Dossier.Core.Prompts;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Names and payloads of events in the dialect of 3.x clients: an entity, a dot, an action.</summary>
internal static class MlflowDialect
{
    private static readonly (string Action, string Event)[] Names =
    [
        ("registered_model.create", "registered_model.created"),
        ("registered_model.set_alias", "model_version_alias.created"),
        ("registered_model.delete_alias", "model_version_alias.deleted"),
        ("model_version.create", "model_version.created"),
        ("model_version.set_tag", "model_version_tag.set"),
        ("model_version.delete_tag", "model_version_tag.deleted"),
    ];

    /// <summary>All events.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Concat(PromptEvents.Names).Select(name => name.Event)];

    /// <summary>The event's name; null if it is not sent.</summary>
    public static string? EventOf(RegistryEvent change) =>
        (change.IsPrompt ? PromptEvents.Names : Names).FirstOrDefault(name => name.Action == change.Action).Event;

    /// <summary>The payload.</summary>
    public static string Payload(string name, RegistryEvent change) => PayloadText.Of(json =>
    {
        var (entity, action) = Parts(name);
        json.WriteString("entity", entity);
        json.WriteString("action", action);
        json.WriteString("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(change.At).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture));
        json.WriteStartObject("data");
        WriteData(json, change);
        json.WriteEndObject();
    });

    /// <summary>A change as a test pretends it.</summary>
    public static RegistryEvent Example(string name, string principal, long at)
    {
        var isPrompt = PromptEvents.Names.Any(known => known.Event == name);
        var action = (isPrompt ? PromptEvents.Names : Names).First(known => known.Event == name).Action;
        var model = isPrompt ? "example_prompt" : "example_model";
        var detail = action switch
        {
            "registered_model.set_alias" => """{"changes":[{"field":"aliases.example_alias","from":null,"to":"1"}]}""",
            "registered_model.delete_alias" => """{"changes":[{"field":"aliases.example_alias","from":"1","to":null}]}""",
            "model_version.delete_tag" or "registered_model.delete_tag" =>
                """{"changes":[{"field":"tags.example_key","from":"example_value","to":null}]}""",
            "model_version.create" when isPrompt =>
                $$$"""{"changes":[{"field":"tags.{{{PromptTags.Template}}}","from":null,"to":"Hello {{name}}!"}]}""",
            "model_version.create" =>
                """{"changes":[{"field":"source","from":null,"to":"models:/example_model/1"},{"field":"tags.example_key","from":null,"to":"example_value"}]}""",
            _ => """{"changes":[{"field":"tags.example_key","from":null,"to":"example_value"}]}""",
        };
        var id = action.StartsWith("model_version", StringComparison.Ordinal) ? $"{model}/1" : model;
        return new(action, principal, at, id, detail) { IsPrompt = isPrompt };
    }

    /// <summary>The event as the wire has it.</summary>
    public static WebhookEvent ToWire(string name)
    {
        var (entity, action) = Parts(name);
        return new(entity.ToUpperInvariant(), action.ToUpperInvariant());
    }

    private static (string Entity, string Action) Parts(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return (name[..dot], name[(dot + 1)..]);
    }

    private static void WriteData(Utf8JsonWriter json, RegistryEvent change)
    {
        json.WriteString("name", change.ModelName);
        if (change.Version is not null)
        {
            json.WriteString("version", change.Version);
        }

        switch (change.Action)
        {
            case "registered_model.create":
                WriteTags(json, change);
                json.WriteString("description", change.To("description"));
                break;
            case "model_version.create" when change.IsPrompt:
                json.WriteString("template", change.To($"tags.{PromptTags.Template}"));
                WriteTags(json, change);
                json.WriteString("description", change.To("description"));
                break;
            case "model_version.create":
                json.WriteString("source", change.To("source"));
                json.WriteString("run_id", change.To("run_id"));
                WriteTags(json, change);
                json.WriteString("description", change.To("description"));
                break;
            case "registered_model.set_alias":
                json.WriteString("alias", change.Alias.Alias);
                json.WriteString("version", change.Alias.Version);
                break;
            case "registered_model.delete_alias":
                json.WriteString("alias", change.Alias.Alias);
                break;
            default:
                WriteTag(json, change);
                break;
        }
    }

    private static void WriteTag(Utf8JsonWriter json, RegistryEvent change)
    {
        if (change.TagsSet.FirstOrDefault() is { } set)
        {
            json.WriteString("key", set.Key);
            json.WriteString("value", set.Value);
        }
        else
        {
            json.WriteString("key", change.TagsDeleted.FirstOrDefault());
        }
    }

    private static void WriteTags(Utf8JsonWriter json, RegistryEvent change)
    {
        json.WriteStartObject("tags");
        foreach (var tag in change.TagsSet.Where(tag => !PromptTags.IsReserved(tag.Key)))
        {
            json.WriteString(tag.Key, tag.Value);
        }

        json.WriteEndObject();
    }
}
