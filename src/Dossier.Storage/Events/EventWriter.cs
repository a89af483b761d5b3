using Dossier.Core.Audit;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>Writes the event row of a change, in the transaction of the change.</summary>
internal static class EventWriter
{
    public static ValueTask<int> WriteAsync(SqlSession session, Change change, EventAction action, string objectId, string detail) =>
        session.ExecuteAsync(
            "INSERT INTO events (at, principal, action, object_type, object_id, detail) VALUES ($1, $2, $3, $4, $5, $6)",
            change.At, change.Principal, action.Name, action.ObjectType, objectId, detail);
}
