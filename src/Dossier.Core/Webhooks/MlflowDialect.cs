using System.Globalization;
using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>What changes are called and how they are told in the dialect of 3.x clients: an entity, a dot, an action.</summary>
internal static class MlflowDialect
{
    private const string TextOfPrompt = "mlflow.prompt.text";

    // Actions of events, with what they are called of models and of prompts.
    private static readonly (string Action, string OfModel, string OfPrompt)[] Names =
    [
        ("registered_model.create", "registered_model.created", "prompt.created"),
        ("registered_model.set_tag", "", "prompt_tag.set"),
        ("registered_model.delete_tag", "", "prompt_tag.deleted"),
        ("registered_model.set_alias", "model_version_alias.created", "prompt_alias.created"),
        ("registered_model.delete_alias", "model_version_alias.deleted", "prompt_alias.deleted"),
        ("model_version.create", "model_version.created", "prompt_version.created"),
        ("model_version.set_tag", "model_version_tag.set", "prompt_version_tag.set"),
        ("model_version.delete_tag", "model_version_tag.deleted", "prompt_version_tag.deleted"),
    ];

    /// <summary>All events.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.SelectMany(name => new[] { name.OfModel, name.OfPrompt }).Where(name => name.Length > 0)];

    /// <summary>The event's name; null for what isn't told.</summary>
    public static string? EventOf(RegistryChange change)
    {
        var (_, ofModel, ofPrompt) = Names.FirstOrDefault(name => name.Action == change.Action);
        return (change.IsPrompt ? ofPrompt : ofModel) is { Length: > 0 } found ? found : null;
    }

    /// <summary>The payload.</summary>
    public static string Payload(string name, RegistryChange change) => PayloadText.Of(json =>
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
    public static RegistryChange Example(string name, string principal, long at)
    {
        var (action, _, prompt) = Names.First(known => known.OfModel == name || known.OfPrompt == name);
        var model = prompt == name ? "example_prompt" : "example_model";
        var detail = action switch
        {
            "registered_model.set_alias" => """{"changes":[{"field":"aliases.example_alias","from":null,"to":"1"}]}""",
            "registered_model.delete_alias" => """{"changes":[{"field":"aliases.example_alias","from":"1","to":null}]}""",
            "model_version.delete_tag" or "registered_model.delete_tag" => """{"changes":[{"field":"tags.example_key","from":"example_value","to":null}]}""",
            "model_version.create" when prompt == name => """{"changes":[{"field":"tags.mlflow.prompt.text","from":null,"to":"Hello {{name}}!"}]}""",
            "model_version.create" => """{"changes":[{"field":"source","from":null,"to":"models:/example_model/1"},{"field":"tags.example_key","from":null,"to":"example_value"}]}""",
            _ => """{"changes":[{"field":"tags.example_key","from":null,"to":"example_value"}]}""",
        };
        var id = action.StartsWith("model_version", StringComparison.Ordinal) ? $"{model}/1" : model;
        return new(action, principal, at, id, detail) { IsPrompt = prompt == name };
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

    private static void WriteData(Utf8JsonWriter json, RegistryChange change)
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
                json.WriteString("template", change.To($"tags.{TextOfPrompt}"));
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

    private static void WriteTag(Utf8JsonWriter json, RegistryChange change)
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

    private static void WriteTags(Utf8JsonWriter json, RegistryChange change)
    {
        json.WriteStartObject("tags");
        foreach (var tag in change.TagsSet.Where(tag => !tag.Key.StartsWith(Registry.Prompts.Reserved, StringComparison.Ordinal)))
        {
            json.WriteString(tag.Key, tag.Value);
        }

        json.WriteEndObject();
    }
}
