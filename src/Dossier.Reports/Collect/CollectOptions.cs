namespace Dossier.Reports.Collect;

/// <summary>What to collect beyond the record itself.</summary>
public sealed record CollectOptions
{
    /// <summary>Whether to include permissions. Dossier and Databricks servers return them to callers who may read the object.</summary>
    public bool Permissions { get; init; }
}
