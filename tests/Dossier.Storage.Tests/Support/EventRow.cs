using System.Text.Json;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tests.Support;

/// <summary>A row of the stream of events.</summary>
internal sealed record EventRow(string Action, string Principal, long At, string ObjectType, JsonElement Detail)
{
    /// <summary>The change of a field, as "from → to"; null shows as "-".</summary>
    public string? Change(string field) => Detail.TryGetProperty("changes", out var changes)
        ? changes.EnumerateArray().Where(change => change.GetProperty("field").GetString() == field)
            .Select(change => $"{change.GetProperty("from").GetString() ?? "-"} → {change.GetProperty("to").GetString() ?? "-"}").SingleOrDefault()
        : null;

    /// <summary>The events of one object, oldest first; folders have ids that other objects have too, and don't count.</summary>
    public static Task<List<EventRow>> OfAsync(SqlDatabase database, string objectId) => database.ReadAsync(
        session => session.ListAsync(
            "SELECT action, principal, at, object_type, detail FROM events WHERE object_id = $1 AND object_type <> 'directory' ORDER BY id",
            static row => new EventRow(row.Text(0), row.Text(1), row.Integer(2), row.Text(3), JsonDocument.Parse(row.Text(4)).RootElement), objectId),
        default);
}
