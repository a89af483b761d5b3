using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Keeps groups in groups free of cycles and not too deep.</summary>
internal static class GroupLevels
{
    // The groups above the group, each with how many levels the longest way up has; the group itself is level 1.
    private const string Above =
        """
        WITH RECURSIVE above (id, level) AS (
            SELECT CAST($1 AS BIGINT), CAST(1 AS BIGINT)
            UNION SELECT m.group_id, a.level + 1 FROM above a JOIN group_members m ON m.member_id = a.id)
        SELECT a.id, p.name, MAX(a.level) FROM above a JOIN principals p ON p.id = a.id GROUP BY a.id, p.name
        """;

    /// <summary>Whether a group may take these groups in.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>.</exception>
    public static async ValueTask CheckAsync(SqlSession session, Principal group, IReadOnlyList<GroupMembers.Member> added)
    {
        var above = await session.ListAsync(Above, static row => (Id: row.Integer(0), Name: row.Text(1), Level: row.Integer(2)), group.Id);
        if (above.Find(one => added.Any(member => member.Id == one.Id)) is { Id: not 0 } circle)
        {
            throw ProtocolException.Invalid(circle.Id == group.Id
                ? $"Group '{group.Name}' cannot be a member of itself."
                : $"Group '{group.Name}' is a member of '{circle.Name}', directly or through other groups, so '{circle.Name}' cannot be a member of '{group.Name}'.");
        }

        var below = await session.FirstAsync(
            $"""
            WITH RECURSIVE below (id, level) AS (
                SELECT p.id, CAST(1 AS BIGINT) FROM principals p WHERE {session.Dialect.In("p.id", 1)}
                UNION SELECT m.member_id, b.level + 1 FROM below b JOIN group_members m ON m.group_id = b.id JOIN principals p ON p.id = m.member_id AND p.kind = 2)
            SELECT MAX(level) FROM below
            """,
            static row => row.Integer(0), 0L, SqlValue.List([.. added.Select(member => member.Id)]));
        var levels = above.Max(one => one.Level) + below;
        if (levels > IdentityLimits.Levels)
        {
            throw ProtocolException.Invalid(
                $"Groups can be nested {IdentityLimits.Levels} levels deep, and this would make '{group.Name}' part of {levels}. Add the members directly instead.");
        }
    }
}
