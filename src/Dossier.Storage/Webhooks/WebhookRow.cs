using Dossier.Core.Webhooks;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Webhooks;

/// <summary>A webhook's row, with its key, and its state at the cursor: its model's name, whether it was created before, and whether it is active.</summary>
internal sealed record WebhookRow(long Key, StoredWebhook Webhook, string? EventModel, bool Armed, bool Listening)
{
    public const string From = "webhooks w LEFT JOIN registered_models m ON m.public_id = w.model_id";

    /// <summary>The webhook of a deleted model is one no more.</summary>
    public const string IsThere = "(w.model_id IS NULL OR m.id IS NOT NULL)";

    /// <summary>The columns that <see cref="Read"/> takes, of <see cref="From"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "w.id", "w.public_id", "w.dialect", "m.name", "w.name", "w.description", "w.url", "w.verify_tls", "w.status", "w.events", "w.sealed_secret",
        "w.sealed_authorization", "w.owner_id", "w.created_at", "w.updated_at", "w.event_model", "w.armed", "w.listening",
    ];

    public static readonly string Select = $"SELECT {string.Join(", ", Columns)} FROM {From} WHERE {IsThere}";

    /// <summary>Lists of webhooks.</summary>
    public static readonly SearchTarget Target = new()
    {
        Select = Columns,
        From = From,
        TieBreak = new(new("w.id", ColumnType.Integer), Descending: false),
    };

    public static ValueTask<WebhookRow?> FindAsync(SqlSession session, string id) =>
        session.FirstAsync<WebhookRow?>($"{Select} AND w.public_id = $1", Read, null, id);

    public static WebhookRow Read(SqlRow row) => new(
        row.Integer(0),
        new StoredWebhook
        {
            Id = row.Text(1),
            Dialect = (WebhookDialect)row.Integer(2),
            ModelName = row.TextOrNull(3),
            Name = row.TextOrNull(4),
            Description = row.TextOrNull(5),
            Url = row.Text(6),
            VerifyTls = row.Truth(7),
            Status = row.Text(8),
            Events = row.Text(9).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Secret = row.IsNull(10) ? null : row.Bytes(10).ToArray(),
            Authorization = row.IsNull(11) ? null : row.Bytes(11).ToArray(),
            OwnerId = row.Integer(12),
            CreatedAt = row.Integer(13),
            UpdatedAt = row.Integer(14),
        },
        row.TextOrNull(15),
        row.Truth(16),
        row.Truth(17));

    /// <summary>The names as the column has them: each between blanks, so that one can be looked for.</summary>
    public static string EventsText(IReadOnlyList<string> events) => $" {string.Join(' ', events)} ";
}
