using System.Text.Json;
using Dossier.Core.Webhooks;
using Dossier.Protocol;

namespace Dossier.Core.Tests.Webhooks;

public sealed class TellingTests
{
    private const string Moved = """{"changes":[{"field":"current_stage","from":"None","to":"Production"}]}""";

    [Theory]
    [InlineData("model_version.transition_stage", Moved, "MODEL_VERSION_TRANSITIONED_STAGE MODEL_VERSION_TRANSITIONED_TO_PRODUCTION")]
    [InlineData("model_version.transition_stage", """{"changes":[{"field":"current_stage","from":"Staging","to":"None"}]}""", "MODEL_VERSION_TRANSITIONED_STAGE")]
    [InlineData("model_version.transition_stage", """{"changes":[{"field":"current_stage","from":"Staging","to":"Staging"}]}""", "")]
    [InlineData("transition_request.create", """{"changes":[{"field":"stage","from":"None","to":"Archived"}]}""", "TRANSITION_REQUEST_CREATED TRANSITION_REQUEST_TO_ARCHIVED_CREATED")]
    [InlineData("comment.create", """{"changes":[{"field":"comment","from":null,"to":"hm"}]}""", "COMMENT_CREATED")]
    [InlineData("model_version.create", "{}", "MODEL_VERSION_CREATED")]
    [InlineData("registered_model.create", "{}", "REGISTERED_MODEL_CREATED")]
    [InlineData("model_version.set_tag", """{"changes":[{"field":"tags.k","from":null,"to":"v"}]}""", "MODEL_VERSION_TAG_SET")]
    [InlineData("model_version.delete_tag", """{"changes":[{"field":"tags.k","from":"v","to":null}]}""", "")]
    [InlineData("registered_model.grant", """{"of":"another form","changes":[{"principal":"ada","to":5}]}""", "")]
    [InlineData("something.new", "{}", "")]
    public void A_change_is_told_by_the_names_that_it_has(string action, string detail, string events) =>
        Assert.Equal(events, string.Join(' ', WebhookTelling.Of(Workspace(RegistryWebhookEvent.All), Change(action, detail)).Select(told => told.Event)));

    [Fact]
    public void A_request_and_a_comment_say_who_wants_what()
    {
        Assert.Equal(
            """{"event":"TRANSITION_REQUEST_CREATED","webhook_id":"w","event_timestamp":5,"model_name":"pcb","version":"3","text":"ada asked to move version 3 of registered model 'pcb' from None to Production.","from_stage":"None","to_stage":"Production","comment":"it is good"}""",
            Told("TRANSITION_REQUEST_CREATED", "transition_request.create", """{"changes":[{"field":"stage","from":"None","to":"Production"},{"field":"comment","from":null,"to":"it is good"}]}"""));
        Assert.Equal(
            """{"event":"COMMENT_CREATED","webhook_id":"w","event_timestamp":5,"model_name":"pcb","version":"3","text":"ada commented on version 3 of registered model 'pcb': \"hm\"","comment":"\"hm\""}""",
            Told("COMMENT_CREATED", "comment.create", """{"changes":[{"field":"comment","from":null,"to":"\"hm\""}]}"""));
    }

    [Fact]
    public void Prompts_are_models_to_the_newer_dialect_alone_and_under_their_own_name()
    {
        var change = Change("model_version.create", "{}") with { IsPrompt = true };
        Assert.Empty(WebhookTelling.Of(Workspace(RegistryWebhookEvent.All), change));
        var newer = new StoredWebhook { Id = "w", Dialect = WebhookDialect.Mlflow, Url = "https://h.example.com/", Events = MlflowDialect.All };
        Assert.Equal("prompt_version.created", Assert.Single(WebhookTelling.Of(newer, change)).Event);
    }

    [Fact]
    public void Every_event_has_an_example_that_is_told_as_itself()
    {
        Assert.All(RegistryWebhookEvent.All, name => Assert.Equal(name, JsonElement.Parse(WebhookTelling.Example(Workspace([name]), name, "ada", 5).Payload).GetProperty("event").GetString()));
        Assert.All(RegistryWebhookEvent.All, name => Assert.Contains(name, WorkspaceDialect.EventsOf(WorkspaceDialect.Example(name, "m", "ada", 5))));
        Assert.All(MlflowDialect.All, name => Assert.Equal(name, MlflowDialect.EventOf(MlflowDialect.Example(name, "ada", 5))));
    }

    private static string Told(string name, string action, string detail) => Assert.Single(WebhookTelling.Of(Workspace([name]), Change(action, detail))).Payload;

    private static RegistryEvent Change(string action, string detail) => new(action, "ada", 5, action == "registered_model.create" ? "pcb" : "pcb/3", detail);

    private static StoredWebhook Workspace(IReadOnlyList<string> events) => new() { Id = "w", Dialect = WebhookDialect.Workspace, Url = "https://h.example.com/", Events = events };
}
