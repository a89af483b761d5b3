namespace Dossier.Protocol;

/// <summary>Whether an experiment, run or logged model is in use or deleted (and can come back).</summary>
public static class LifecycleStage
{
    /// <summary>In use: can be written to.</summary>
    public const string Active = "active";

    /// <summary>Deleted: refused for writing, can be restored.</summary>
    public const string Deleted = "deleted";
}

/// <summary>Which objects a search looks at.</summary>
public enum ViewType
{
    /// <summary>Those in use (the default).</summary>
    ActiveOnly,

    /// <summary>Those deleted.</summary>
    DeletedOnly,

    /// <summary>Both.</summary>
    All,
}

/// <summary>The state of a run.</summary>
public static class RunStatus
{
    /// <summary>At work.</summary>
    public const string Running = "RUNNING";

    /// <summary>Waiting for its turn.</summary>
    public const string Scheduled = "SCHEDULED";

    /// <summary>Ended well.</summary>
    public const string Finished = "FINISHED";

    /// <summary>Ended with an error.</summary>
    public const string Failed = "FAILED";

    /// <summary>Ended from outside.</summary>
    public const string Killed = "KILLED";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Scheduled, Finished, Failed, Killed];
}

/// <summary>The stages of a model version; requests may write them in any case.</summary>
public static class ModelStage
{
    /// <summary>No stage yet.</summary>
    public const string None = "None";

    /// <summary>On trial.</summary>
    public const string Staging = "Staging";

    /// <summary>In use.</summary>
    public const string Production = "Production";

    /// <summary>Retired.</summary>
    public const string Archived = "Archived";

    /// <summary>All of them, in the order in which messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = [None, Staging, Production, Archived];
}

/// <summary>The state of a logged model.</summary>
public static class LoggedModelStatus
{
    /// <summary>Created; its files are being uploaded.</summary>
    public const string Pending = "LOGGED_MODEL_PENDING";

    /// <summary>Complete.</summary>
    public const string Ready = "LOGGED_MODEL_READY";

    /// <summary>Its upload failed.</summary>
    public const string UploadFailed = "LOGGED_MODEL_UPLOAD_FAILED";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Ready, UploadFailed];
}
