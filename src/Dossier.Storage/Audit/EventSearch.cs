using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Storage.Events;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// Lists events in the order of their commits. What the filter asks for is looked for where it can be: in the blocks that have such a principal, action
/// and object, and behind the last block; the events of a registered model and its versions have an index of their own.
/// </summary>
internal sealed class EventSearch(SqlSession session, EventQuery query, string? objectKey)
{
    private const int BlocksAtOnce = 32;
    private static readonly SearchColumn Place = new("id", ColumnType.Integer);
    private static readonly SortKey[] Keys = [new(Place, Descending: true), new(Place, Descending: true)];

    private readonly List<StoredEvent> _found = [];
    private readonly string _fingerprint = PageToken.Fingerprint("events",
        [query.Principal, query.ObjectType, query.ObjectId, query.Action, query.From, query.To, query.Ascending]);

    private EventPosition? _token;

    /// <summary>One page.</summary>
    public async ValueTask<Page<StoredEvent>> RunAsync()
    {
        if (query.PageToken is { } token)
        {
            var place = PageToken.Read(token, _fingerprint, Keys);
            _token = new(place[0].Integer, place[1].Integer);
        }

        await (NeedsBlocks ? ThroughBlocksAsync() : FindAsync(null, null));
        var last = _found.Count > query.MaxResults ? _found[query.MaxResults - 1].Position : (EventPosition?)null;
        return new([.. _found.Take(query.MaxResults)], last is { } end ? PageToken.Write(_fingerprint, [end.Tx, end.Id]) : null);
    }

    private bool NeedsBlocks =>
        objectKey is null && (query.Principal ?? query.ObjectId ?? query.Action) is not null || query.From is not null || query.To is not null;

    private int Missing => query.MaxResults + 1 - _found.Count;

    private async ValueTask ThroughBlocksAsync()
    {
        var end = (await EventBlock.HeadAsync(session)).Last;
        if (!query.Ascending)
        {
            await FindAsync(end, null);
        }

        for (long? number = null; Missing > 0;)
        {
            var blocks = await BlocksAsync(number);
            foreach (var block in blocks)
            {
                number = block.Number;
                if (Missing > 0)
                {
                    await FindAsync(block.After, block.Last);
                }
            }

            if (blocks.Count < BlocksAtOnce)
            {
                break;
            }
        }

        if (query.Ascending && Missing > 0)
        {
            await FindAsync(end, null);
        }
    }

    private ValueTask<List<(long Number, EventPosition After, EventPosition Last)>> BlocksAsync(long? beyond)
    {
        var select = new SelectBuilder(session.Dialect);
        var (comparison, direction) = query.Ascending ? (">", "") : ("<", " DESC");
        select.Conditions.Add("1 = 1");
        if (beyond is { } number)
        {
            select.Conditions.Add($"b.number {comparison} {select.Parameter(number)}");
        }

        if (_token is { } token)
        {
            var (tx, id) = (select.Parameter(token.Tx), select.Parameter(token.Id));
            select.Conditions.Add(query.Ascending ? $"(b.last_tx, b.last_id) > ({tx}, {id})" : $"(b.after_tx, b.after_id) < ({tx}, {id})");
        }

        if (query.From is { } from)
        {
            select.Conditions.Add($"b.last_at >= {select.Parameter(from)}");
        }

        if (query.To is { } to)
        {
            select.Conditions.Add($"b.first_at < {select.Parameter(to)}");
        }

        AddTerms(select);
        return session.ListAsync(
            $"SELECT b.number, b.after_tx, b.after_id, b.last_tx, b.last_id FROM audit_blocks b WHERE {string.Join(" AND ", select.Conditions)} "
            + $"ORDER BY b.number{direction} LIMIT {select.Parameter((long)BlocksAtOnce)}",
            static row => (row.Integer(0), new EventPosition(row.Integer(1), row.Integer(2)), new EventPosition(row.Integer(3), row.Integer(4))),
            [.. select.Values]);
    }

    private void AddTerms(SelectBuilder select)
    {
        const string Has = "EXISTS (SELECT 1 FROM audit_terms t WHERE t.block = b.number AND t.term";
        if (query.Principal is { } principal)
        {
            select.Conditions.Add($"{Has} = {select.Parameter(EventBlock.PrincipalTerm(principal))})");
        }

        if (query.ObjectId is { } id && objectKey is null)
        {
            select.Conditions.Add($"{Has} = {select.Parameter(EventBlock.ObjectTerm(query.ObjectType!, id))})");
        }

        if (query.Action is { } action)
        {
            // The character after the dot ends the range of what begins with it.
            var term = EventBlock.ActionTerm(action);
            select.Conditions.Add(action.EndsWith('.')
                ? $"{Has} >= {select.Parameter(term)} AND t.term < {select.Parameter(term[..^1] + '/')})"
                : $"{Has} = {select.Parameter(term)})");
        }
    }

    private async ValueTask FindAsync(EventPosition? after, EventPosition? last)
    {
        var select = new SelectBuilder(session.Dialect);
        AddFilter(select);
        if (after is { } first)
        {
            select.Conditions.Add(select.After(first));
        }

        if (last is { } end)
        {
            select.Conditions.Add(select.UpTo(end));
        }

        if (_token is { } token)
        {
            select.Conditions.Add(query.Ascending ? select.After(token) : select.Before(token));
        }

        // Who goes forward must not pass a place at which an event may still appear.
        if (query.Ascending && !session.Dialect.HasOneWriter)
        {
            select.Conditions.Add($"tx < {EventEpoch.Horizon}");
        }

        var where = select.Conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", select.Conditions)}";
        await session.ForEachAsync(
            $"SELECT {EventStream.Columns} FROM events{where} ORDER BY {EventConditions.Order(session.Dialect, query.Ascending)} LIMIT {select.Parameter((long)Missing)}",
            row => _found.Add(EventStream.Read(row)), [.. select.Values]);
    }

    private void AddFilter(SelectBuilder select)
    {
        void Add(string condition, SqlValue value) => select.Conditions.Add($"{condition} {select.Parameter(value)}");
        if (query.Principal is { } principal)
        {
            Add("principal =", principal);
        }

        if (query.ObjectType is { } type)
        {
            Add("object_type =", type);
        }

        if (objectKey is not null)
        {
            Add("object_key =", objectKey);
            if (ObjectName.VersionOf(query.ObjectType!, query.ObjectId!) is { } version)
            {
                select.Conditions.Add($"substr(object_id, length(object_id) - {version.Length}) = {select.Parameter('/' + version)}");
            }
        }
        else if (query.ObjectId is { } id)
        {
            Add("object_id =", id);
        }

        if (query.Action is { } action)
        {
            select.Conditions.Add(action.EndsWith('.')
                ? $"action >= {select.Parameter(action)} AND action < {select.Parameter(action[..^1] + '/')}"
                : $"action = {select.Parameter(action)}");
        }

        if (query.From is { } from)
        {
            Add("at >=", from);
        }

        if (query.To is { } to)
        {
            Add("at <", to);
        }
    }
}
