using Dossier.Storage.Events;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>Conditions on the place of an event; where there is one writer, its number alone is the place.</summary>
internal static class EventConditions
{
    public static string After(this SelectBuilder select, EventPosition position) => Compare(select, ">", position);

    public static string Before(this SelectBuilder select, EventPosition position) => Compare(select, "<", position);

    public static string UpTo(this SelectBuilder select, EventPosition position) => Compare(select, "<=", position);

    /// <summary>Goes after <c>ORDER BY</c>.</summary>
    public static string Order(Dialect dialect, bool ascending)
    {
        var direction = ascending ? "" : " DESC";
        return dialect.HasOneWriter ? $"id{direction}" : $"tx{direction}, id{direction}";
    }

    private static string Compare(SelectBuilder select, string comparison, EventPosition position) => select.Dialect.HasOneWriter
        ? $"id {comparison} {select.Parameter(position.Id)}"
        : $"(tx, id) {comparison} ({select.Parameter(position.Tx)}, {select.Parameter(position.Id)})";
}
