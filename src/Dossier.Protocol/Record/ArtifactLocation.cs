namespace Dossier.Protocol;

/// <summary>Where an artifact is: in a run, in a version of a registered model, or at an artifact URI of its own.</summary>
public abstract record ArtifactLocation
{
    private ArtifactLocation()
    {
    }

    /// <summary>The location of a child of this directory.</summary>
    /// <param name="name">The child's name: one segment, neither empty nor <c>.</c> nor <c>..</c>.</param>
    public abstract ArtifactLocation Child(string name);

    /// <summary>A path below a run's artifact root.</summary>
    /// <param name="RunId">The run's id.</param>
    /// <param name="Path">The path with <c>/</c>, not encoded; empty for the root.</param>
    public sealed record InRun(string RunId, string Path) : ArtifactLocation
    {
        /// <summary>The run's artifact URI, if it is known already: that saves asking the server for it. Null otherwise.</summary>
        public string? ArtifactUri { get; init; }

        /// <inheritdoc/>
        public override ArtifactLocation Child(string name) => this with { Path = Path.Length == 0 ? name : Path + "/" + name };
    }

    /// <summary>A path below the files of a version of a registered model.</summary>
    /// <param name="Name">The registered model.</param>
    /// <param name="Version">The version's number, e.g. <c>7</c>.</param>
    /// <param name="Path">The path with <c>/</c>, not encoded; empty for the root.</param>
    public sealed record InVersion(string Name, string Version, string Path = "") : ArtifactLocation
    {
        /// <inheritdoc/>
        public override ArtifactLocation Child(string name) => this with { Path = Path.Length == 0 ? name : Path + "/" + name };
    }

    /// <summary>
    /// An artifact URI such as <c>mlflow-artifacts:/1/…</c>, <c>dbfs:/…</c> or <c>s3://…</c>. Mostly it is a server's word: whoever reads
    /// it decides which schemes and places to trust, and refuses others with <c>NOT_IMPLEMENTED</c>.
    /// </summary>
    /// <param name="Uri">The URI, as the server gave it.</param>
    public sealed record AtUri(string Uri) : ArtifactLocation
    {
        /// <inheritdoc/>
        public override ArtifactLocation Child(string name) => this with { Uri = Uri.TrimEnd('/') + "/" + name };
    }
}
