namespace Dossier.Core.Access;

/// <summary>
/// What a caller must be allowed to do. A run, logged model or artifact is guarded by its experiment, a model version by its registered model.
/// Compared by reference where it is one of the needs that ask for no level.
/// </summary>
public sealed class Need
{
    private Need(string text) => Text = text;

    private Need(PermissionLevel level, ObjectKind? kind)
        : this($"{level.Name()} on {(kind is null ? "the object that the path names" : kind.Guarded)}") => (Level, Kind) = (level, kind);

    /// <summary>Nothing: the answer holds nothing of the record.</summary>
    public static Need Nothing { get; } = new("nothing");

    /// <summary>To be signed in, no more: the answer holds only what the caller may read, or what is the caller's own.</summary>
    public static Need ReadableOnly { get; } = new("to be signed in; the answer holds only what the caller may read");

    /// <summary>To be signed in, be it with a one-time password: the caller's own password is changed.</summary>
    public static Need OwnPassword { get; } = new("to be signed in; a one-time password will do");

    /// <summary>To be in the group <c>admins</c>.</summary>
    public static Need Admin { get; } = new($"to be in the group '{BuiltIn.Admins}'");

    /// <summary>CAN_MANAGE on the registered model that a webhook is about or, where it is about all, to be in <c>admins</c>: which it is, the domain finds out and checks.</summary>
    public static Need WebhookManage { get; } = new($"CAN_MANAGE on the registered model of the webhook; for webhooks about all models, to be in the group '{BuiltIn.Admins}'");

    /// <summary>To hold the unguessable id of an upload that was started with CAN_EDIT on the experiment.</summary>
    public static Need UploadId { get; } = new("the id of an upload that the caller started");

    /// <summary>The level; null for a need that asks for none.</summary>
    public PermissionLevel? Level { get; }

    /// <summary>The kind of object that the level is needed on; null for a need that asks for no level, and where the request names the kind too.</summary>
    public ObjectKind? Kind { get; }

    /// <summary>Whether the caller must be signed in.</summary>
    public bool SignIn => this != Nothing && this != UploadId;

    /// <summary>The need in words.</summary>
    public string Text { get; }

    /// <summary>A level on an object of a kind.</summary>
    public static Need Of(PermissionLevel level, ObjectKind kind) => new(level, kind);

    /// <summary>A level on the object, of whatever kind, that the path of the request names.</summary>
    public static Need OfNamed(PermissionLevel level) => new(level, null);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
