using Npgsql;

namespace Dossier.Storage.Tests.Opening;

public sealed class StoreUriTests
{
    [Fact]
    public void Three_slashes_are_relative_and_four_absolute()
    {
        Assert.Equal(Path.GetFullPath("a/b.db"), StoreUri.Parse("sqlite:///a/b.db").SqlitePath);
        Assert.Equal("/a/b.db", StoreUri.Parse("sqlite:////a/b.db").SqlitePath);
    }

    [Fact]
    public void A_PostgreSQL_URI_becomes_a_connection_string()
    {
        var connection = new NpgsqlConnectionStringBuilder(StoreUri.Parse("postgresql://ann:p%40ss@db.example:6543/dossier?sslmode=require").PostgresConnectionString);
        Assert.Equal(("db.example", 6543, "dossier", "ann", "p@ss", SslMode.Require),
            (connection.Host, connection.Port, connection.Database, connection.Username, connection.Password, connection.SslMode));
        Assert.Equal(5432, new NpgsqlConnectionStringBuilder(StoreUri.Parse("postgres://db.example/dossier").PostgresConnectionString).Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mysql://ann:secret@host/db")]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///")]
    [InlineData("sqlite:///:memory:")]
    [InlineData("sqlite://secret/a.db")]
    [InlineData("sqlite:///a.db?mode=secret")]
    [InlineData("sqlite:///folder/")]
    [InlineData("postgresql://ann:secret@host")]
    [InlineData("postgresql://ann:secret@host/db?sslmode=secret")]
    [InlineData("postgresql://ann:secret@host/db?colour=red")]
    [InlineData("postgresql:///db")]
    public void A_wrong_URI_is_refused_without_repeating_its_password(string uri)
    {
        var refused = Assert.Throws<StoreOpenException>(() => StoreUri.Parse(uri));
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
