using Dossier.Storage.Sql;

namespace Dossier.Storage.Registry;

/// <summary>A version that is about to be changed: its model's row is held until the transaction ends.</summary>
internal sealed record LockedVersion(LockedModel Model, long Id, long Number, string Stage, string? Description)
{
    /// <summary>How events name it.</summary>
    public string EventId => $"{Model.Name}/{Number}";

    /// <exception cref="Protocol.ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: there is no such model or version.</exception>
    public static async ValueTask<LockedVersion> TakeAsync(SqlSession session, string name, long version)
    {
        var model = await LockedModel.FindAsync(session, name) ?? throw RegistryErrors.NoVersion(name, version);
        return await session.FirstAsync<LockedVersion?>(
            "SELECT id, version, stage, description FROM model_versions WHERE model_id = $1 AND version = $2",
            row => new LockedVersion(model, row.Integer(0), row.Integer(1), row.Text(2), row.TextOrNull(3)),
            null,
            model.Id, version) ?? throw RegistryErrors.NoVersion(name, version);
    }
}
