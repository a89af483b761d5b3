using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <inheritdoc cref="IClientSecretStore"/>
internal sealed class ClientSecretStore(SqlDatabase database, AccessVersion version) : IClientSecretStore
{
    private const int MostSecrets = 5;

    public Task<KeptSecret> AddAsync(long principalId, byte[] hash, long expiresAt, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var name = await NameAsync(session, principalId);
        var has = await session.FirstAsync("SELECT COUNT(*) FROM client_secrets WHERE principal_id = $1", static row => row.Integer(0), 0L, principalId);
        if (has >= MostSecrets)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"The service principal has {has} secrets and may have at most {MostSecrets}. Delete one that is no longer used.");
        }

        var id = Guid.NewGuid().ToString("N");
        await session.ExecuteAsync(
            "INSERT INTO client_secrets (public_id, hash, principal_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)", id, hash, principalId, change.At, expiresAt);
        await EventWriter.WriteAsync(session, change, EventAction.ServicePrincipalCreateSecret, name, EventDetail.Changes(
            new("secret", null, id), new("expiry_time", null, expiresAt.ToString(CultureInfo.InvariantCulture))));
        return new KeptSecret(id, change.At, expiresAt);
    }, cancel);

    public Task<IReadOnlyList<KeptSecret>> ListAsync(long principalId, CancellationToken cancel) => database.ReadAsync(async session =>
        (IReadOnlyList<KeptSecret>)await session.ListAsync(
            "SELECT public_id, created_at, expires_at FROM client_secrets WHERE principal_id = $1 ORDER BY id",
            static row => new KeptSecret(row.Text(0), row.Integer(1), row.Integer(2)), principalId), cancel);

    public Task DeleteAsync(long principalId, string secretId, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var name = await NameAsync(session, principalId);
        if (await session.ExecuteAsync("DELETE FROM client_secrets WHERE principal_id = $1 AND public_id = $2", principalId, secretId) == 0)
        {
            throw ProtocolException.NotFound($"Secret with id '{TextRules.Excerpt(secretId)}' not found.");
        }

        await session.ExecuteAsync("DELETE FROM tokens WHERE owner_id = $1 AND kind = $2", principalId, (long)TokenKind.OAuth);
        await version.ChangeAsync(session);
        await EventWriter.WriteAsync(session, change, EventAction.ServicePrincipalDeleteSecret, name, EventDetail.Changes(new FieldChange("secret", secretId, null)));
    }, cancel);

    public Task<SecretHolder?> FindAsync(byte[] hash, CancellationToken cancel) => database.ReadAsync(session => session.FirstAsync<SecretHolder?>(
        "SELECT p.id, p.name, s.expires_at FROM client_secrets s JOIN principals p ON p.id = s.principal_id AND p.active = 1 WHERE s.hash = $1",
        static row => new(row.Integer(0), row.Text(1), row.Integer(2)), null, hash), cancel);

    // Locked, so that two at once don't both pass the count.
    private static async ValueTask<string> NameAsync(SqlSession session, long principalId) => await session.FirstAsync<string?>(
        session.Dialect.ForUpdate("SELECT name FROM principals WHERE id = $1 AND kind = $2"),
        static row => row.Text(0), null, principalId, (long)PrincipalKind.ServicePrincipal)
        ?? throw ProtocolException.NotFound($"Service principal with id {principalId} not found.");
}
