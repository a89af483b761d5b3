using Dossier.Core.Identity;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Lists principals. SCIM's pages go by place, not by key; there are ten thousand at most.</summary>
internal static class PrincipalSearch
{
    public static async ValueTask<PrincipalPage> RunAsync(SqlSession session, PrincipalQuery query)
    {
        var select = new SelectBuilder(session.Dialect);
        var where = $"p.kind = {select.Parameter((long)query.Kind)}";
        if (query.Filter is { } filter)
        {
            where += $" AND {Compile(select, filter)}";
        }

        var total = await session.FirstAsync($"SELECT COUNT(*) FROM principals p WHERE {where}", static row => row.Integer(0), 0L, [.. select.Values]);
        if (query.Count == 0 || query.StartIndex > total)
        {
            return new(total, []);
        }

        var sort = Column(query.SortBy);
        var direction = query.Descending ? "DESC" : "ASC";
        var order = query.SortBy == PrincipalField.Id ? $"p.id {direction}" : $"({sort} IS NULL), {sort} {direction}, p.id";
        var items = await session.ListAsync(
            $"""
            SELECT {PrincipalRow.Columns} FROM principals p WHERE {where} ORDER BY {order}
            LIMIT {select.Parameter(query.Count)} OFFSET {select.Parameter(query.StartIndex - 1)}
            """,
            PrincipalRow.Read, [.. select.Values]);
        return new(total, await Memberships.AddAsync(session, items, query.WithGroups, query.WithMembers));
    }

    private static string Compile(SelectBuilder select, PrincipalFilter filter) => filter switch
    {
        PrincipalFilter.And both => $"({Compile(select, both.Left)} AND {Compile(select, both.Right)})",
        PrincipalFilter.Or either => $"({Compile(select, either.Left)} OR {Compile(select, either.Right)})",
        PrincipalFilter.Compare { Field: PrincipalField.Member } member => Member(select, member),
        PrincipalFilter.Compare compare => Compare(select, compare, Column(compare.Field)),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a filter."),
    };

    private static string Member(SelectBuilder select, PrincipalFilter.Compare member)
    {
        var none = member.Operator == PrincipalOperator.NotEqual;
        var condition = Compare(select, none ? member with { Operator = PrincipalOperator.Equal } : member, "CAST(m.member_id AS TEXT)");
        return $"{(none ? "NOT " : "")}EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = p.id AND {condition})";
    }

    private static string Compare(SelectBuilder select, PrincipalFilter.Compare compare, string column)
    {
        if (compare.Field == PrincipalField.Active)
        {
            return $"{column} {(compare.Operator == PrincipalOperator.NotEqual ? "<>" : "=")} {select.Parameter(compare.Value == "true")}";
        }

        var exact = compare.Field is PrincipalField.Id or PrincipalField.ExternalId or PrincipalField.Member;
        var value = select.Parameter(exact ? compare.Value : PrincipalRow.KeyOf(compare.Value));
        return compare.Operator switch
        {
            PrincipalOperator.Equal => $"{column} = {value}",
            PrincipalOperator.NotEqual => $"({column} IS NULL OR {column} <> {value})",

            // Patterns would need their wildcards escaped, which each database does in its own way; a text that holds another one changes when that is taken out.
            PrincipalOperator.Contains when compare.Value.Length > 0 => $"replace({column}, {value}, '') <> {column}",
            PrincipalOperator.StartsWith when compare.Value.Length > 0 => $"substr({column}, 1, length({value})) = {value}",
            _ => $"({column} IS NOT NULL AND {value} = '')",
        };
    }

    private static string Column(PrincipalField attribute) => attribute switch
    {
        PrincipalField.Id => "CAST(p.id AS TEXT)",
        PrincipalField.Name => "p.name_key",
        PrincipalField.DisplayName => "p.display_key",
        PrincipalField.Email => "p.email_key",
        PrincipalField.ExternalId => "p.external_id",
        PrincipalField.Active => "p.active",
        _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, "Not a column."),
    };
}
