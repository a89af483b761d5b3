namespace Dossier.Testing;

/// <summary>An empty database on the tests' PostgreSQL server.</summary>
/// <param name="ConnectionString">For Npgsql.</param>
/// <param name="Uri">The same as <c>postgresql://user@host:port/name</c>, as the option <c>--backend-store</c> takes it.</param>
public sealed record PostgresDatabase(string ConnectionString, string Uri);
