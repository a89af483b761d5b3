namespace Dossier.Core.Identity;

/// <summary>The port to memberships that came from the identity provider, so that it can withdraw them and no others.</summary>
public interface IProviderGroupStore
{
    /// <summary>The groups that a user is in because the provider says so.</summary>
    Task<IReadOnlyList<long>> ListAsync(long userId, CancellationToken cancel);

    /// <summary>Says which groups those are from now on.</summary>
    Task SetAsync(long userId, IReadOnlyCollection<long> groupIds, CancellationToken cancel);
}
