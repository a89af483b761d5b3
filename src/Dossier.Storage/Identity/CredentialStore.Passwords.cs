using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Events;

namespace Dossier.Storage.Identity;

/// <summary>Passwords.</summary>
internal sealed partial class CredentialStore
{
    public Task SetPasswordAsync(long userId, string hash, bool oneTime, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var name = await session.FirstAsync<string?>(
            "SELECT name FROM principals WHERE id = $1 AND kind = $2", static row => row.Text(0), null, userId, (long)PrincipalKind.User)
            ?? throw ProtocolException.NotFound($"User with id {userId} not found.");
        await session.ExecuteAsync(
            """
            INSERT INTO passwords (principal_id, hash, one_time, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (principal_id) DO UPDATE SET hash = excluded.hash, one_time = excluded.one_time, changed_at = excluded.changed_at
            """,
            userId, hash, oneTime, change.At);
        var ended = await session.ExecuteAsync("DELETE FROM tokens WHERE owner_id = $1 AND kind = $2", userId, (long)TokenKind.Session);
        await version.ChangeAsync(session);
        var kind = new FieldChange("one_time", null, oneTime ? "true" : "false");
        await EventWriter.WriteAsync(session, change, EventAction.UserSetPassword, name, ended == 0
            ? EventDetail.Changes(kind)
            : EventDetail.Changes(kind, new FieldChange("sessions", ended.ToString(CultureInfo.InvariantCulture), "0")));
    }, cancel);

    public Task RehashPasswordAsync(long userId, string oldHash, string newHash, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("UPDATE passwords SET hash = $3 WHERE principal_id = $1 AND hash = $2", userId, oldHash, newHash);
    }, cancel);
}
