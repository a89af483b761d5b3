using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>
/// Names and payloads of events in the workspace registry's dialect, which has no prompts. Locations of files are never sent.
/// </summary>
internal static class WorkspaceDialect
{
    /// <summary>The events that a change is.</summary>
    public static IReadOnlyList<string> EventsOf(RegistryEvent change) => change.IsPrompt ? [] : change.Action switch
    {
        "registered_model.create" => [RegistryWebhookEvent.RegisteredModelCreated],
        "model_version.create" => [RegistryWebhookEvent.ModelVersionCreated],
        "model_version.set_tag" => [RegistryWebhookEvent.ModelVersionTagSet],
        "model_version.transition_stage" when change.From("current_stage") != change.To("current_stage") =>
            [RegistryWebhookEvent.ModelVersionTransitionedStage, .. To(change.To("current_stage"), "MODEL_VERSION_TRANSITIONED_TO_{0}")],
        "transition_request.create" =>
            [RegistryWebhookEvent.TransitionRequestCreated, .. To(change.To("stage"), "TRANSITION_REQUEST_TO_{0}_CREATED")],
        "comment.create" => [RegistryWebhookEvent.CommentCreated],
        _ => [],
    };

    /// <summary>The payload.</summary>
    public static string Payload(string name, string webhookId, RegistryEvent change) => PayloadText.Of(json =>
    {
        json.WriteString("event", name);
        json.WriteString("webhook_id", webhookId);
        json.WriteNumber("event_timestamp", change.At);
        json.WriteString("model_name", change.ModelName);
        if (change.Version is not null)
        {
            json.WriteString("version", change.Version);
        }

        json.WriteString("text", Text(change));
        WriteDetails(json, change);
    });

    /// <summary>A change as a test pretends it.</summary>
    public static RegistryEvent Example(string name, string modelName, string principal, long at)
    {
        var version = $"{modelName}/1";
        return name switch
        {
            RegistryWebhookEvent.RegisteredModelCreated => new("registered_model.create", principal, at, modelName, "{}"),
            RegistryWebhookEvent.ModelVersionCreated => new("model_version.create", principal, at, version, "{}"),
            RegistryWebhookEvent.ModelVersionTagSet =>
                new("model_version.set_tag", principal, at, version, """{"changes":[{"field":"tags.example_key","from":null,"to":"example_value"}]}"""),
            RegistryWebhookEvent.CommentCreated =>
                new("comment.create", principal, at, version, """{"changes":[{"field":"comment","from":null,"to":"An example comment"}]}"""),
            _ when name.StartsWith("TRANSITION_REQUEST", StringComparison.Ordinal) =>
                new("transition_request.create", principal, at, version, Stages("stage", name)),
            _ => new("model_version.transition_stage", principal, at, version, Stages("current_stage", name)),
        };
    }

    private static IEnumerable<string> To(string? stage, string pattern) => stage is null or ModelStage.None
        ? []
        : [pattern.Replace("{0}", stage.ToUpperInvariant(), StringComparison.Ordinal)];

    private static string Stages(string field, string name)
    {
        var to = ModelStage.All.FirstOrDefault(stage => name.Contains($"_TO_{stage}", StringComparison.OrdinalIgnoreCase)) ?? ModelStage.Staging;
        return $$"""{"changes":[{"field":"{{field}}","from":"{{ModelStage.None}}","to":"{{to}}"}]}""";
    }

    private static (string? From, string? To) StagesOf(RegistryEvent change)
    {
        var field = change.Action == "transition_request.create" ? "stage" : "current_stage";
        return (change.From(field), change.To(field));
    }

    private static string Text(RegistryEvent change)
    {
        var (from, to) = StagesOf(change);
        var version = $"version {change.Version} of registered model '{change.ModelName}'";
        return change.Action switch
        {
            "registered_model.create" => $"{change.Principal} created registered model '{change.ModelName}'.",
            "model_version.create" => $"{change.Principal} created {version}.",
            "model_version.set_tag" => $"{change.Principal} set {string.Join(", ", change.TagsSet.Select(tag => $"tag '{tag.Key}' to '{tag.Value}'"))} on {version}.",
            "transition_request.create" => $"{change.Principal} asked to move {version} from {from} to {to}.",
            "comment.create" => $"{change.Principal} commented on {version}: {change.To("comment")}",
            _ => $"{change.Principal} moved {version} from {from} to {to}.",
        };
    }

    private static void WriteDetails(Utf8JsonWriter json, RegistryEvent change)
    {
        if (StagesOf(change) is (not null, not null) stages)
        {
            json.WriteString("from_stage", stages.From);
            json.WriteString("to_stage", stages.To);
        }

        if (change.Action == "model_version.set_tag")
        {
            json.WriteStartArray("tags");
            foreach (var tag in change.TagsSet)
            {
                json.WriteStartObject();
                json.WriteString("key", tag.Key);
                json.WriteString("value", tag.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (change.To("comment") is { } comment)
        {
            json.WriteString("comment", comment);
        }
    }
}
