using Dossier.Core.Search;
using Dossier.Storage.Search;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Search;

/// <summary>A search of a kind that the product does not have: traces with spans, feedback and metadata.</summary>
public abstract class SearchTargetTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private static readonly SearchEntity Span = new("span", "spans")
    {
        Keys = [SearchKey.Text("name"), SearchKey.Number("duration", "duration_ms")],
        IsOrdered = false,
    };

    private static readonly SearchEntity Feedback = new("feedback", "feedback") { Values = ValueKind.Numbers };
    private static readonly SearchEntity Metadata = new("metadata", "metadata", "meta");
    private static readonly SearchSchema Schema = new([SearchKey.Number("started"), SearchKey.Text("name")], Span, Feedback, Metadata);

    private static readonly Dictionary<string, SearchColumn> Attributes = new()
    {
        ["started"] = new("t.started", ColumnType.Integer),
        ["name"] = new("t.name", ColumnType.Text),
    };

    private static readonly Dictionary<SearchEntity, EntitySql> Entities = new()
    {
        [Span] = new((select, clause) =>
        {
            var type = clause.Key == "name" ? ColumnType.Text : ColumnType.Integer;
            return $"EXISTS (SELECT 1 FROM spans s WHERE s.trace_id = t.id AND {select.Compare($"s.{clause.Key}", type, clause)})";
        }),
        [Feedback] = new(
            (select, clause) => $"""
                EXISTS (SELECT 1 FROM feedback f
                WHERE f.trace_id = t.id AND f.key = {select.Parameter(clause.Key)} AND {select.Compare("f.value", ColumnType.Real, clause)})
                """,
            (select, key, alias) =>
            {
                select.Joins.Add($"LEFT JOIN feedback {alias} ON {alias}.trace_id = t.id AND {alias}.key = {select.Parameter(key)}");
                return new($"{alias}.value", ColumnType.Real, Nullable: true);
            }),
        [Metadata] = new KeyValueTable("metadata", "trace_id", "t.id").Entity,
    };

    [Theory]
    [InlineData("name LIKE 'train%'", "a b")]
    [InlineData("span.name = 'decode'", "a c")]
    [InlineData("spans.duration_ms > 10", "b c")]
    [InlineData("feedback.quality >= 0.5", "a c")]
    [InlineData("metadata.user = 'ann'", "a")]
    [InlineData("meta.user IS NULL", "c")]
    [InlineData("attributes.started >= 2 AND span.name IN ('decode', 'load') AND feedback.quality > 0 AND metadata.user IS NULL", "c")]
    public async Task A_search_may_have_entities_of_its_own(string filter, string expected)
    {
        await MakeAsync();
        Assert.Equal(expected, string.Join(' ', await FindAsync(filter)));
    }

    [Theory]
    [InlineData("feedback.quality", "a c b")]
    [InlineData("feedback.quality DESC", "c a b")]
    [InlineData("metadata.user DESC", "b a c")]
    public async Task A_search_may_be_ordered_and_paged_by_entities_of_its_own(string order, string expected)
    {
        await MakeAsync();
        Assert.Equal(expected, string.Join(' ', await FindAsync(null, order)));
    }

    [Fact]
    public void A_column_too_few_or_too_many_or_of_another_type_is_found_when_the_target_is_made()
    {
        Dictionary<string, SearchColumn> few = new() { ["name"] = Attributes["name"] };
        Dictionary<string, SearchColumn> many = new(Attributes) { ["colour"] = Attributes["name"] };
        Dictionary<string, SearchColumn> otherType = new(Attributes) { ["started"] = Attributes["name"] };
        Assert.Contains("missing [started]", Wrong(few, Entities), StringComparison.Ordinal);
        Assert.Contains("not declared [colour]", Wrong(many, Entities), StringComparison.Ordinal);
        Assert.Contains("'started' has the type Text", Wrong(otherType, Entities), StringComparison.Ordinal);

        Dictionary<SearchEntity, EntitySql> withTags = new(Entities) { [SearchEntity.Tag] = Entities[Metadata] };
        Dictionary<SearchEntity, EntitySql> orderedSpans = new(Entities) { [Span] = Entities[Feedback] };
        Dictionary<SearchEntity, EntitySql> unordered = new(Entities) { [Feedback] = Entities[Span] };
        Assert.Contains("missing [spans, feedback, metadata]", Wrong(Attributes, new Dictionary<SearchEntity, EntitySql>()), StringComparison.Ordinal);
        Assert.Contains("not declared [tags]", Wrong(Attributes, withTags), StringComparison.Ordinal);
        Assert.Contains("spans have a column to order by", Wrong(Attributes, orderedSpans), StringComparison.Ordinal);
        Assert.Contains("feedback have no column", Wrong(Attributes, unordered), StringComparison.Ordinal);
    }

    private static SearchTarget Target(IReadOnlyDictionary<string, SearchColumn> attributes, IReadOnlyDictionary<SearchEntity, EntitySql> entities) =>
        new(Schema, attributes, entities) { Select = ["t.name"], From = "traces t", TieBreak = new(new("t.id", ColumnType.Integer), Descending: false) };

    private static string Wrong(IReadOnlyDictionary<string, SearchColumn> attributes, IReadOnlyDictionary<SearchEntity, EntitySql> entities) =>
        Assert.Throws<InvalidOperationException>(() => Target(attributes, entities)).Message;

    private Task MakeAsync() => Store.Database.WriteAsync(
        async session =>
        {
            foreach (var statement in (string[])
            [
                "CREATE TABLE traces (id BIGINT PRIMARY KEY, name TEXT NOT NULL, started BIGINT NOT NULL)",
                "CREATE TABLE spans (trace_id BIGINT NOT NULL, name TEXT NOT NULL, duration BIGINT NOT NULL)",
                "CREATE TABLE feedback (trace_id BIGINT NOT NULL, key TEXT NOT NULL, value DOUBLE PRECISION NOT NULL)",
                "CREATE TABLE metadata (trace_id BIGINT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL)",
                "INSERT INTO traces VALUES (1, 'train a', 1), (2, 'train b', 2), (3, 'infer c', 3)",
                "INSERT INTO spans VALUES (1, 'decode', 5), (2, 'load', 20), (3, 'decode', 30), (3, 'load', 1)",
                "INSERT INTO feedback VALUES (1, 'quality', 0.5), (3, 'quality', 0.75), (2, 'speed', 1)",
                "INSERT INTO metadata VALUES (1, 'user', 'ann'), (2, 'user', 'bob')",
            ])
            {
                await session.ExecuteAsync(statement);
            }
        },
        default);

    // Page by page, so that the order's columns are compared as well.
    private async Task<List<string>> FindAsync(string? filter, params string[] order)
    {
        var (target, found, token) = (Target(Attributes, Entities), new List<string>(), (string?)null);
        do
        {
            var query = Schema.Query(filter, order, 1, token);
            var page = await Store.Database.ReadAsync(
                session => PageSearch.RunAsync(session, target, new SelectBuilder(session.Dialect), query, static row => row.Text(0)[^1..]), default);
            found.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);
        return found;
    }
}

public sealed class SqliteSearchTargetTests() : SearchTargetTests(new SqliteFixture());

public sealed class PostgresSearchTargetTests() : SearchTargetTests(new PostgresFixture());
