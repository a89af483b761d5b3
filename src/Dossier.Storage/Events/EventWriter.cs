using Dossier.Core.Audit;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>Writes the event row of a change, in the transaction of the change.</summary>
internal static class EventWriter
{
    private const string OfOneWriter =
        "INSERT INTO events (at, principal, action, object_type, object_id, detail) VALUES ($1, $2, $3, $4, $5, $6)";

    private const string OfMany =
        $"INSERT INTO events (at, principal, action, object_type, object_id, detail, tx) VALUES ($1, $2, $3, $4, $5, $6, {EventEpoch.Now})";

    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, string objectId, string detail)
    {
        session.SignalEvent();
        return session.ExecuteAsync(
            session.Dialect.HasOneWriter ? OfOneWriter : OfMany,
            change.At, change.Principal, action.Name, action.ObjectType, objectId, detail);
    }
}
