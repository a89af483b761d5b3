namespace Dossier.Reports.Collect;

/// <summary>What to collect beyond the record itself.</summary>
public sealed record CollectOptions
{
    /// <summary>Whether to ask for permissions too; Dossier and Databricks servers tell them, to those who may read the object.</summary>
    public bool Permissions { get; init; }
}
