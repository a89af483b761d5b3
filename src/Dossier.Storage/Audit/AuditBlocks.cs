using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// The index of sealed events: for each block of some thousand of them, which principals, actions and objects it has. An index of the rows
/// themselves would be paid for by everybody who logs a metric.
/// </summary>
internal static class AuditBlocks
{
    private const int FewestEvents = 1024;

    private static readonly BulkInsert InsertTerms = new("audit_terms", "ON CONFLICT DO NOTHING",
        new BulkColumn("term", SqlKind.Text), new BulkColumn("block", SqlKind.Integer));

    public static string PrincipalTerm(string name) => $"p:{name}";

    public static string ActionTerm(string name) => $"a:{name}";

    public static string ObjectTerm(string type, string id) => $"o:{type}:{id}";

    /// <summary>Indexes what was sealed, as far as it fills blocks.</summary>
    public static async Task AddAsync(SqlDatabase database, CancellationToken cancel)
    {
        while (await database.ReadAsync(ReadAsync, cancel) is { } block)
        {
            await database.WriteAsync(session => WriteAsync(session, block), cancel);
        }
    }

    /// <summary>The position up to which there are blocks.</summary>
    public static ValueTask<EventPosition> EndAsync(SqlSession session) => session.FirstAsync(
        "SELECT last_tx, last_id FROM audit_blocks ORDER BY number DESC LIMIT 1",
        static row => new EventPosition(row.Integer(0), row.Integer(1)), Seal.None.Last);

    private static async ValueTask<Block?> ReadAsync(SqlSession session)
    {
        var before = await session.FirstAsync(
            "SELECT number, last_seal, last_tx, last_id FROM audit_blocks ORDER BY number DESC LIMIT 1",
            static row => (Number: row.Integer(0), Seal: row.Integer(1), Last: new EventPosition(row.Integer(2), row.Integer(3))), (0, 0, Seal.None.Last));
        var (events, seal, last) = (0L, 0L, default(EventPosition));
        await session.ForEachAsync("SELECT number, count, last_tx, last_id FROM audit_seals WHERE number > $1 ORDER BY number LIMIT $2", row =>
        {
            if (events < FewestEvents)
            {
                (events, seal, last) = (events + row.Integer(1), row.Integer(0), new(row.Integer(2), row.Integer(3)));
            }
        }, before.Seal, (long)FewestEvents);
        if (events < FewestEvents)
        {
            return null;
        }

        var block = new Block(before.Number + 1, seal, before.Last, last);
        await EventStream.ForEachAsync(session, before.Last, last, block.Add);
        return block;
    }

    private static async ValueTask WriteAsync(SqlSession session, Block block)
    {
        // Another replica may have been quicker.
        if (await session.ExecuteAsync(
            """
            INSERT INTO audit_blocks (number, last_seal, after_tx, after_id, last_tx, last_id, first_at, last_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (number) DO NOTHING
            """,
            block.Number, block.LastSeal, block.After.Tx, block.After.Id, block.Last.Tx, block.Last.Id, block.FirstAt, block.LastAt) > 0)
        {
            await session.InsertManyAsync(InsertTerms, block.Terms.Order(StringComparer.Ordinal).SelectMany(term => new SqlValue[] { term, block.Number }).ToArray());
        }
    }

    private sealed record Block(long Number, long LastSeal, EventPosition After, EventPosition Last)
    {
        public HashSet<string> Terms { get; } = new(StringComparer.Ordinal);

        public long FirstAt { get; private set; } = long.MaxValue;

        public long LastAt { get; private set; } = long.MinValue;

        public void Add(SqlRow row)
        {
            var one = EventStream.Read(row);
            Terms.Add(PrincipalTerm(one.Principal));
            Terms.Add(ActionTerm(one.Action));
            Terms.Add(ObjectTerm(one.ObjectType, one.ObjectId));
            (FirstAt, LastAt) = (Math.Min(FirstAt, one.At), Math.Max(LastAt, one.At));
        }
    }
}
