using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <inheritdoc cref="IAccessStore"/>
internal sealed partial class AccessStore(SqlDatabase database, AccessVersion version) : IAccessStore
{
    private readonly Levels _levels = new(database.Dialect);

    public long Version => version.Current;

    public Task RefreshAsync(CancellationToken cancel) => version.RefreshAsync(database, cancel);

    public Task<PermissionLevel?> FindLevelAsync(AccessObject target, IReadOnlyList<long> principalIds, CancellationToken cancel) =>
        database.ReadAsync(session => _levels.FindAsync(session, target, principalIds), cancel);

    public Task<IReadOnlyDictionary<AccessObject, PermissionLevel>> FindLevelsAsync(
        IReadOnlyCollection<AccessObject> targets, IReadOnlyList<long> principalIds, CancellationToken cancel) =>
        database.ReadAsync(session => _levels.FindAsync(session, targets, principalIds), cancel);
}
