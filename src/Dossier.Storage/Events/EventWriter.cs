using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>Writes the event row of a change, in the transaction of the change.</summary>
internal static class EventWriter
{
    private const string OfOneWriter =
        "INSERT INTO events (at, principal, action, object_type, object_id, detail, object_key) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string OfMany =
        $"INSERT INTO events (at, principal, action, object_type, object_id, detail, object_key, tx) VALUES ($1, $2, $3, $4, $5, $6, $7, {EventEpoch.Now})";

    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, string objectId, string detail) =>
        WriteAsync(session, change, action, objectId, null, detail);

    /// <summary>The event of a registered model, which is found by its id whatever it was called.</summary>
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, LockedModel model, string detail) =>
        WriteAsync(session, change, action, model.Name, model.PublicId, detail);

    /// <summary>The event of a model version, which is found by its model's id whatever that was called.</summary>
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, LockedVersion version, string detail) =>
        WriteAsync(session, change, action, version.EventId, version.Model.PublicId, detail);

    /// <param name="session">The transaction of the change.</param>
    /// <param name="change">Who and when.</param>
    /// <param name="action">What.</param>
    /// <param name="objectId">The object's id, or its name now.</param>
    /// <param name="objectKey">The id of the registered model that it belongs to; null for all else.</param>
    /// <param name="detail">The JSON of <see cref="EventDetail"/>.</param>
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, string objectId, string? objectKey, string detail)
    {
        session.SignalEvent();
        return session.ExecuteAsync(
            session.Dialect.HasOneWriter ? OfOneWriter : OfMany,
            change.At, change.Principal, action.Name, action.ObjectType, objectId, detail, objectKey);
    }
}

/// <summary>What happened: the column <c>action</c> of <c>events</c>. Those who read the stream match these texts, so they never change.</summary>
/// <param name="Name">E.g. <c>run.update</c>.</param>
/// <param name="ObjectType">What kind of object the event's public id names.</param>
internal sealed record EventAction(string Name, string ObjectType)
{
    public static readonly EventAction ExperimentCreate = Of("experiment", "create");
    public static readonly EventAction ExperimentRename = Of("experiment", "rename");
    public static readonly EventAction ExperimentDelete = Of("experiment", "delete");
    public static readonly EventAction ExperimentRestore = Of("experiment", "restore");
    public static readonly EventAction ExperimentSetTag = Of("experiment", "set_tag");
    public static readonly EventAction ExperimentDeleteTag = Of("experiment", "delete_tag");

    public static readonly EventAction RunCreate = Of("run", "create");
    public static readonly EventAction RunUpdate = Of("run", "update");
    public static readonly EventAction RunDelete = Of("run", "delete");
    public static readonly EventAction RunRestore = Of("run", "restore");
    public static readonly EventAction RunLog = Of("run", "log");
    public static readonly EventAction RunDeleteTag = Of("run", "delete_tag");
    public static readonly EventAction RunLogInputs = Of("run", "log_inputs");
    public static readonly EventAction RunLogOutputs = Of("run", "log_outputs");
    public static readonly EventAction RunLogModel = Of("run", "log_model");

    public static readonly EventAction RegisteredModelCreate = Of("registered_model", "create");
    public static readonly EventAction RegisteredModelUpdate = Of("registered_model", "update");
    public static readonly EventAction RegisteredModelRename = Of("registered_model", "rename");
    public static readonly EventAction RegisteredModelDelete = Of("registered_model", "delete");
    public static readonly EventAction RegisteredModelSetTag = Of("registered_model", "set_tag");
    public static readonly EventAction RegisteredModelDeleteTag = Of("registered_model", "delete_tag");
    public static readonly EventAction RegisteredModelSetAlias = Of("registered_model", "set_alias");
    public static readonly EventAction RegisteredModelDeleteAlias = Of("registered_model", "delete_alias");

    /// <summary>The id of a version is <c>NAME/VERSION</c>; names hold no slash.</summary>
    public static readonly EventAction ModelVersionCreate = Of("model_version", "create");
    public static readonly EventAction ModelVersionUpdate = Of("model_version", "update");
    public static readonly EventAction ModelVersionTransition = Of("model_version", "transition_stage");
    public static readonly EventAction ModelVersionDelete = Of("model_version", "delete");
    public static readonly EventAction ModelVersionSetTag = Of("model_version", "set_tag");
    public static readonly EventAction ModelVersionDeleteTag = Of("model_version", "delete_tag");

    /// <summary>Requests and comments are about a version, so their events are the version's.</summary>
    public static readonly EventAction TransitionRequestCreate = new("transition_request.create", "model_version");
    public static readonly EventAction TransitionRequestApprove = new("transition_request.approve", "model_version");
    public static readonly EventAction TransitionRequestReject = new("transition_request.reject", "model_version");
    public static readonly EventAction TransitionRequestCancel = new("transition_request.cancel", "model_version");
    public static readonly EventAction CommentCreate = new("comment.create", "model_version");
    public static readonly EventAction CommentUpdate = new("comment.update", "model_version");
    public static readonly EventAction CommentDelete = new("comment.delete", "model_version");

    public static readonly EventAction LoggedModelCreate = Of("logged_model", "create");
    public static readonly EventAction LoggedModelSetStatus = Of("logged_model", "set_status");
    public static readonly EventAction LoggedModelDelete = Of("logged_model", "delete");
    public static readonly EventAction LoggedModelSetTags = Of("logged_model", "set_tags");
    public static readonly EventAction LoggedModelDeleteTag = Of("logged_model", "delete_tag");
    public static readonly EventAction LoggedModelLogParams = Of("logged_model", "log_params");

    public static readonly EventAction TokenCreate = Of("token", "create");
    public static readonly EventAction TokenUpdate = Of("token", "update");
    public static readonly EventAction TokenDelete = Of("token", "delete");
    public static readonly EventAction ServicePrincipalCreateSecret = Of("service_principal", "create_secret");
    public static readonly EventAction ServicePrincipalDeleteSecret = Of("service_principal", "delete_secret");
    public static readonly EventAction UserSetPassword = Of("user", "set_password");

    /// <summary>Members came to or left a group: each is a change of the field <c>members</c>, by name.</summary>
    public static readonly EventAction GroupChangeMembers = Of("group", "change_members");

    /// <summary>The id is the webhook's.</summary>
    public static readonly EventAction WebhookCreate = Of("webhook", "create");
    public static readonly EventAction WebhookUpdate = Of("webhook", "update");
    public static readonly EventAction WebhookDelete = Of("webhook", "delete");
    public static readonly EventAction WebhookTest = Of("webhook", "test");
    public static readonly EventAction WebhookTrigger = Of("webhook", "trigger");

    public static readonly EventAction DirectoryCreate = Of("directory", "create");

    /// <summary>A direct grant was made, changed or taken away.</summary>
    public static EventAction Grant(GrantRules rules) => Of(rules.EventType, "grant");

    /// <summary>A principal was added.</summary>
    public static EventAction PrincipalCreate(PrincipalKind kind) => Of(ObjectTypeOf(kind), "create");

    /// <summary>An attribute of a principal changed, <c>active</c> included.</summary>
    public static EventAction PrincipalUpdate(PrincipalKind kind) => Of(ObjectTypeOf(kind), "update");

    /// <summary>A principal was deleted, with its grants and credentials.</summary>
    public static EventAction PrincipalDelete(PrincipalKind kind) => Of(ObjectTypeOf(kind), "delete");

    /// <summary>How events name a principal's kind.</summary>
    public static string ObjectTypeOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.User => "user",
        PrincipalKind.Group => "group",
        _ => "service_principal",
    };

    private static EventAction Of(string objectType, string verb) => new($"{objectType}.{verb}", objectType);
}
