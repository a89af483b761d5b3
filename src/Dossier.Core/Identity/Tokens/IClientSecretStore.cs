using Dossier.Core.Audit;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>A secret of a service principal, as it is kept.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="CreatedAt">In milliseconds since the epoch.</param>
/// <param name="ExpiresAt">In milliseconds since the epoch.</param>
public sealed record KeptSecret(string Id, long CreatedAt, long ExpiresAt);

/// <summary>Whose secret it is.</summary>
/// <param name="PrincipalId">The service principal.</param>
/// <param name="ApplicationId">Its name, the client id.</param>
/// <param name="ExpiresAt">In milliseconds since the epoch.</param>
public sealed record SecretHolder(long PrincipalId, string ApplicationId, long ExpiresAt);

/// <summary>
/// The port to the OAuth secrets of service principals, kept as hashes. Every change is one durable transaction with its event row.
/// </summary>
public interface IClientSecretStore
{
    /// <summary>Adds a secret.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> if it is not a service principal, <c>INVALID_STATE</c> if it has too many.</exception>
    Task<KeptSecret> AddAsync(long principalId, byte[] hash, long expiresAt, Change change, CancellationToken cancel);

    /// <summary>The secrets of a service principal, oldest first.</summary>
    Task<IReadOnlyList<KeptSecret>> ListAsync(long principalId, CancellationToken cancel);

    /// <summary>Deletes a secret, and ends what was handed out for the service principal's secrets.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>.</exception>
    Task DeleteAsync(long principalId, string secretId, Change change, CancellationToken cancel);

    /// <summary>The owner of the secret with this hash; null if the secret is unknown or its owner is not active.</summary>
    Task<SecretHolder?> FindAsync(byte[] hash, CancellationToken cancel);
}
