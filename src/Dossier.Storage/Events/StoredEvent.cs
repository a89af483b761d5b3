namespace Dossier.Storage.Events;

/// <summary>A place in the stream of events. Nothing ever appears before one that was passed; see <see cref="EventStream"/>.</summary>
/// <param name="Tx">The transaction that wrote the event, in the order in which transactions began; 0 where the database has one writer.</param>
/// <param name="Id">The event's number, ascending within a transaction.</param>
internal readonly record struct EventPosition(long Tx, long Id) : IComparable<EventPosition>
{
    /// <summary>Before the first event.</summary>
    public static EventPosition Start => default;

    public int CompareTo(EventPosition other) => Tx == other.Tx ? Id.CompareTo(other.Id) : Tx.CompareTo(other.Tx);
}

/// <summary>An event as it was committed.</summary>
/// <param name="Position">Its position in the stream.</param>
/// <param name="At">The server's clock, in milliseconds since the epoch.</param>
/// <param name="Principal">Who did it.</param>
/// <param name="Action">What was done: the name of an <see cref="EventAction"/>.</param>
/// <param name="ObjectType">What kind of object it was done to.</param>
/// <param name="ObjectId">The object's public id or name.</param>
/// <param name="Detail">The JSON of <see cref="EventDetail"/>.</param>
/// <param name="ObjectKey">The id of the registered model that the object is or belongs to, whatever it was called; null for other objects.</param>
internal sealed record StoredEvent(
    EventPosition Position, long At, string Principal, string Action, string ObjectType, string ObjectId, string Detail, string? ObjectKey = null);
