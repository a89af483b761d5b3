using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Webhooks;

/// <summary>The part of the stream of events that webhooks read, by an index of its own: however much runs log, there is nothing to skip.</summary>
internal static class RegistryEvents
{
    public const string Index = "events_for_webhooks";

    // Each event that is written is compared: not by IN, for which SQLite would build a list every time.
    public const string Condition =
        "(object_type = 'registered_model' OR object_type = 'model_version' OR object_type = 'transition_request' OR object_type = 'comment' OR object_type = 'webhook')";

    // SQLite's planner would rather walk the table, which is in the order asked for.
    private const string OfOneWriter =
        $"SELECT {EventStream.Columns} FROM events INDEXED BY {Index} WHERE {Condition} AND id > $2 AND $1 = 0 ORDER BY id LIMIT $3";

    private const string OfMany =
        $"SELECT {EventStream.Columns} FROM events WHERE {Condition} AND (tx, id) > ($1, $2) AND tx < {EventEpoch.Horizon} ORDER BY tx, id LIMIT $3";

    /// <inheritdoc cref="EventStream.ReadAsync"/>
    public static ValueTask<List<StoredEvent>> ReadAsync(SqlSession session, EventPosition after, int limit) => session.ListAsync(
        session.Dialect.HasOneWriter ? OfOneWriter : OfMany, EventStream.Read, after.Tx, after.Id, (long)limit);
}
