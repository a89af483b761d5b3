using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Registry;

/// <summary>A registered model's row, with its key and its id.</summary>
internal sealed record ModelRow(long Id, string PublicId, RegisteredModel Model)
{
    /// <summary>The columns that <see cref="Read"/> takes, of <c>registered_models m</c>.</summary>
    public static readonly IReadOnlyList<string> Columns = ["m.id", "m.name", "m.created_at", "m.updated_at", "m.user_id", "m.description", "m.public_id"];

    public static ModelRow Read(SqlRow row) => new(row.Integer(0), row.Text(6), new RegisteredModel
    {
        Name = row.Text(1),
        CreationTimestamp = row.Integer(2),
        LastUpdatedTimestamp = row.Integer(3),
        UserId = row.SharedText(4) is { Length: > 0 } user ? user : null,
        Description = row.TextOrNull(5),
    });
}
