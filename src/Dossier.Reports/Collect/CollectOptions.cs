namespace Dossier.Reports.Collect;

/// <summary>What to collect beyond the record itself.</summary>
public sealed record CollectOptions
{
    /// <summary>Whether to ask for permissions too; only Databricks tells them.</summary>
    public bool Permissions { get; init; }
}
