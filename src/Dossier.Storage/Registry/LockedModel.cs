using Dossier.Storage.Sql;

namespace Dossier.Storage.Registry;

/// <summary>A registered model that is about to be changed: its row is held until the transaction ends.</summary>
internal sealed record LockedModel(long Id, string PublicId, string Name, string? Description, long LastVersion)
{
    /// <exception cref="Protocol.ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: no model has this name.</exception>
    public static async ValueTask<LockedModel> TakeAsync(SqlSession session, string name) =>
        await FindAsync(session, name) ?? throw RegistryErrors.NoModel(name);

    /// <summary>As <see cref="TakeAsync"/>, but null if there is none.</summary>
    public static ValueTask<LockedModel?> FindAsync(SqlSession session, string name) => session.FirstAsync<LockedModel?>(
        session.Dialect.ForUpdate("SELECT id, public_id, name, description, last_version FROM registered_models WHERE name = $1"),
        static row => new LockedModel(row.Integer(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.Integer(4)),
        null,
        name);
}
