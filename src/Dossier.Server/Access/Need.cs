namespace Dossier.Server.Access;

/// <summary>
/// What a caller must be allowed to do for a route to answer. A run, logged model or artifact of the server's own is guarded by its experiment,
/// a model version by its registered model.
/// </summary>
public enum Need
{
    /// <summary>Nothing: the answer tells nothing of the record.</summary>
    Nothing,

    /// <summary>Nothing more than to be known: the answer holds only what the caller may read, or what is the caller's own.</summary>
    ReadableOnly,

    /// <summary>To be known, be it by a one-time password: the caller's own password is changed.</summary>
    OwnPassword,

    /// <summary>To be in <c>admins</c>.</summary>
    Admin,

    /// <summary>CAN_READ on the experiment.</summary>
    ExperimentRead,

    /// <summary>CAN_EDIT on the experiment.</summary>
    ExperimentEdit,

    /// <summary>CAN_MANAGE on the experiment.</summary>
    ExperimentManage,

    /// <summary>CAN_READ on the folder.</summary>
    FolderRead,

    /// <summary>CAN_EDIT on the folder that holds the experiment.</summary>
    FolderEdit,

    /// <summary>CAN_MANAGE on the folder.</summary>
    FolderManage,

    /// <summary>To register new models: CAN_CREATE_REGISTERED_MODEL on the registry root.</summary>
    ModelCreate,

    /// <summary>CAN_READ on the registered model.</summary>
    ModelRead,

    /// <summary>CAN_EDIT on the registered model.</summary>
    ModelEdit,

    /// <summary>CAN_MANAGE_STAGING_VERSIONS on the registered model; the domain asks for CAN_MANAGE_PRODUCTION_VERSIONS where a stage or alias of production is touched.</summary>
    ModelTransition,

    /// <summary>CAN_MANAGE on the registered model.</summary>
    ModelManage,

    /// <summary>CAN_MANAGE on the registered model that a webhook is about or, where it is about all, to be in <c>admins</c>: which it is, the domain finds out and asks for.</summary>
    WebhookManage,

    /// <summary>CAN_READ on the object of any type that the path names; the handler's own need for what it changes is in the domain.</summary>
    ObjectRead,

    /// <summary>CAN_MANAGE on the object of any type that the path names.</summary>
    ObjectManage,

    /// <summary>To hold the unguessable id of an upload that was started with <see cref="ExperimentEdit"/>.</summary>
    UploadId,
}
