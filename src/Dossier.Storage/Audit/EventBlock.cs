using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>A part of the sealed stream, and what is in it: which principals, actions and objects.</summary>
/// <param name="number">1 for the first, then up without gaps; 0 for the start of the stream.</param>
/// <param name="lastSeal">The number of its last seal.</param>
/// <param name="after">The last event of the block before.</param>
/// <param name="last">Its last event.</param>
internal sealed class EventBlock(long number, long lastSeal, EventPosition after, EventPosition last)
{
    private static readonly BulkInsert InsertTerms = new("audit_terms", "ON CONFLICT DO NOTHING",
        new BulkColumn("term", SqlKind.Text), new BulkColumn("block", SqlKind.Integer));

    private readonly HashSet<string> _principals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _actions = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, string Id)> _objects = [];
    private long _firstAt = long.MaxValue;
    private long _lastAt = long.MinValue;

    public long Number => number;

    public long LastSeal => lastSeal;

    public EventPosition Last { get; private set; } = last;

    /// <summary>The last block; one with number 0 if there are no blocks.</summary>
    public static ValueTask<EventBlock> HeadAsync(SqlSession session) => session.FirstAsync(
        "SELECT number, last_seal, after_tx, after_id, last_tx, last_id FROM audit_blocks ORDER BY number DESC LIMIT 1",
        static row => new EventBlock(row.Integer(0), row.Integer(1), new(row.Integer(2), row.Integer(3)), new(row.Integer(4), row.Integer(5))),
        new EventBlock(0, 0, Seal.None.Last, Seal.None.Last));

    public static string PrincipalTerm(string name) => $"p:{name}";

    public static string ActionTerm(string name) => $"a:{name}";

    public static string ObjectTerm(string type, string id) => $"o:{type}:{id}";

    /// <summary>Adds the event that the row holds, from <see cref="EventStream.Columns"/>.</summary>
    public void Add(SqlRow row)
    {
        var at = row.Integer(2);
        (_firstAt, _lastAt) = (Math.Min(_firstAt, at), Math.Max(_lastAt, at));
        _principals.Add(row.SharedText(3));
        _actions.Add(row.SharedText(4));
        _objects.Add((row.SharedText(5), row.SharedText(6)));
        Last = new(row.Integer(0), row.Integer(1));
    }

    /// <summary>Writes the block, unless another replica was quicker.</summary>
    public async ValueTask WriteAsync(SqlSession session)
    {
        if (await session.ExecuteAsync(
            """
            INSERT INTO audit_blocks (number, last_seal, after_tx, after_id, last_tx, last_id, first_at, last_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (number) DO NOTHING
            """,
            number, lastSeal, after.Tx, after.Id, Last.Tx, Last.Id, _firstAt, _lastAt) > 0)
        {
            var terms = _principals.Select(PrincipalTerm).Concat(_actions.Select(ActionTerm)).Concat(_objects.Select(static one => ObjectTerm(one.Type, one.Id)));
            await session.InsertManyAsync(InsertTerms, terms.Order(StringComparer.Ordinal).SelectMany(term => new SqlValue[] { term, number }).ToArray());
        }
    }
}
