using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>What a model URI means at the moment: stages, aliases and <c>latest</c> move.</summary>
public sealed record ResolvedModel
{
    /// <summary>The URI that was resolved.</summary>
    public required ModelUri Uri { get; init; }

    /// <summary>Where its files are; read them through <see cref="DossierClient.Artifacts"/>.</summary>
    public required ArtifactLocation Location { get; init; }

    /// <summary>The registered model's name; null when the URI names none.</summary>
    public string? Name { get; init; }

    /// <summary>The version's number, e.g. <c>7</c>; null when the URI names no registered model.</summary>
    public string? Version { get; init; }

    /// <summary>The logged model that it is or was made from (3.x clients), <c>m-…</c>; null when there is none.</summary>
    public string? ModelId { get; init; }

    /// <summary>The run that made it; null when that is not known.</summary>
    public string? RunId { get; init; }
}
