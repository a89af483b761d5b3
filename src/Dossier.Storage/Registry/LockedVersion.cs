using Dossier.Storage.Sql;

namespace Dossier.Storage.Registry;

/// <summary>A version that is about to be changed: its model's row is held until the transaction ends.</summary>
internal sealed record LockedVersion(LockedModel Model, long Id, long Number, string Stage, string? Description, string Creator)
{
    /// <summary>How events name it.</summary>
    public string EventId => $"{Model.Name}/{Number}";

    /// <exception cref="Protocol.ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: no such model or version exists.</exception>
    public static async ValueTask<LockedVersion> TakeAsync(SqlSession session, string name, long version)
    {
        var model = await LockedModel.FindAsync(session, name) ?? throw RegistryErrors.NoVersion(name, version);
        return (await OfAsync(session, model, "v.version = $2", version)) is [var found] ? found : throw RegistryErrors.NoVersion(name, version);
    }

    /// <summary>The versions of a locked model that meet a condition, by number.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="model">The model, which is parameter 1 of the statement.</param>
    /// <param name="condition">On <c>model_versions v</c>.</param>
    /// <param name="values">The condition's values, from parameter 2 on.</param>
    public static ValueTask<List<LockedVersion>> OfAsync(SqlSession session, LockedModel model, string condition, params ReadOnlySpan<SqlValue> values) => session.ListAsync(
        $"SELECT v.id, v.version, v.stage, v.description, v.user_id FROM model_versions v WHERE v.model_id = $1 AND {condition} ORDER BY v.version",
        row => new LockedVersion(model, row.Integer(0), row.Integer(1), row.Text(2), row.TextOrNull(3), row.Text(4)),
        [model.Id, .. values]);
}
