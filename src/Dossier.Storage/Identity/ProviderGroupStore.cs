using Dossier.Core.Identity;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <inheritdoc cref="IProviderGroupStore"/>
internal sealed class ProviderGroupStore(SqlDatabase database) : IProviderGroupStore
{
    public Task<IReadOnlyList<long>> ListAsync(long userId, CancellationToken cancel) => database.ReadAsync(async session =>
        (IReadOnlyList<long>)await session.ListAsync("SELECT group_id FROM provider_groups WHERE user_id = $1 ORDER BY group_id", static row => row.Integer(0), userId), cancel);

    public Task SetAsync(long userId, IReadOnlyCollection<long> groupIds, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("DELETE FROM provider_groups WHERE user_id = $1", userId);
        foreach (var group in groupIds)
        {
            // A group that was deleted in the meantime has no members.
            await session.ExecuteAsync(
                "INSERT INTO provider_groups (user_id, group_id) SELECT $1, g.id FROM principals g WHERE g.id = $2 ON CONFLICT (user_id, group_id) DO NOTHING", userId, group);
        }
    }, cancel);
}
