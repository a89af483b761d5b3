using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations;

/// <summary>What migrations need to know beside the database.</summary>
/// <param name="ArtifactRoot">The URI below which artifacts of experiments lie; for the experiment <c>Default</c>.</param>
/// <param name="Time">The clock.</param>
internal sealed record MigrationContext(string ArtifactRoot, TimeProvider Time)
{
    public long Now => Time.Milliseconds();
}

/// <summary>One step of the schema, from the version before to <paramref name="Version"/>, in one transaction.</summary>
/// <param name="Version">1 for the first, then up without gaps.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="ApplyAsync">Its statements.</param>
internal sealed record Migration(int Version, string Name, Func<SqlSession, MigrationContext, ValueTask> ApplyAsync);

/// <summary>What opening a database did to its schema.</summary>
/// <param name="From">The version found; 0 for an empty database.</param>
/// <param name="To">The version now.</param>
/// <param name="Backup">The path of the backup; null when none was made: nothing to migrate, nothing to keep, or PostgreSQL, where the operator makes it.</param>
public sealed record MigrationReport(int From, int To, string? Backup)
{
    /// <summary>Whether the schema was changed.</summary>
    public bool Migrated => From != To;
}
