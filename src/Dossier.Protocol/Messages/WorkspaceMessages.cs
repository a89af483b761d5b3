namespace Dossier.Protocol;

/// <summary>POST <c>/api/2.0/workspace/mkdirs</c>: makes a directory and those above it that are missing.</summary>
public sealed record MakeDirectory(string? Path);

/// <summary>GET <c>/api/2.0/workspace/get-status</c>: what is at a path.</summary>
public sealed record GetWorkspaceObject(string? Path);

/// <summary>GET <c>/api/2.0/workspace/list</c>: what is in a directory.</summary>
public sealed record ListWorkspace(string? Path);

/// <summary>Answer of <c>/api/2.0/workspace/get-status</c>, and an entry of <c>/api/2.0/workspace/list</c>.</summary>
public sealed record WorkspaceObject
{
    /// <summary><c>DIRECTORY</c>.</summary>
    public const string Directory = "DIRECTORY";

    /// <summary><c>MLFLOW_EXPERIMENT</c>.</summary>
    public const string Experiment = "MLFLOW_EXPERIMENT";

    /// <summary><see cref="Directory"/> or <see cref="Experiment"/>.</summary>
    public required string ObjectType { get; init; }

    /// <summary>Its absolute path; of an experiment whose name is no path, the name below its directory.</summary>
    public required string Path { get; init; }

    /// <summary>The id that the permissions API takes; absent for an imported experiment whose id is no number.</summary>
    public long? ObjectId { get; init; }

    /// <summary>The same as text, of every object.</summary>
    public string? ResourceId { get; init; }
}

/// <summary>Answer of <c>/api/2.0/workspace/list</c>: directories first, then experiments, each by path.</summary>
public sealed record WorkspaceObjects(IReadOnlyList<WorkspaceObject>? Objects);
