using Dossier.Core.Audit;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>Writes the event row of a change, in the transaction of the change.</summary>
internal static class EventWriter
{
    private const string OfOneWriter =
        "INSERT INTO events (at, principal, action, object_type, object_id, detail, object_key) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string OfMany =
        $"INSERT INTO events (at, principal, action, object_type, object_id, detail, object_key, tx) VALUES ($1, $2, $3, $4, $5, $6, $7, {EventEpoch.Now})";

    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, string objectId, string detail) =>
        WriteAsync(session, change, action, objectId, null, detail);

    /// <summary>The event of a registered model, which is found by its id whatever it was called.</summary>
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, LockedModel model, string detail) =>
        WriteAsync(session, change, action, model.Name, model.PublicId, detail);

    /// <summary>The event of a model version, which is found by its model's id whatever that was called.</summary>
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, LockedVersion version, string detail) =>
        WriteAsync(session, change, action, version.EventId, version.Model.PublicId, detail);

    /// <param name="session">The transaction of the change.</param>
    /// <param name="change">Who and when.</param>
    /// <param name="action">What.</param>
    /// <param name="objectId">The object's id, or its name now.</param>
    /// <param name="objectKey">The id of the registered model that it belongs to; null for all else.</param>
    /// <param name="detail">The JSON of <see cref="EventDetail"/>.</param>
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, string objectId, string? objectKey, string detail)
    {
        session.SignalEvent();
        return session.ExecuteAsync(
            session.Dialect.HasOneWriter ? OfOneWriter : OfMany,
            change.At, change.Principal, action.Name, action.ObjectType, objectId, detail, objectKey);
    }
}
