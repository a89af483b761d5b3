using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <inheritdoc cref="IAccessStore"/>
internal sealed class AccessStore(SqlDatabase database, AccessVersion version) : IAccessStore
{
    public long Version => version.Current;

    public Task RefreshAsync(CancellationToken cancel) => version.RefreshAsync(database, cancel);

    public Task<PermissionLevel?> FindLevelAsync(AccessObject target, IReadOnlyList<long> principalIds, CancellationToken cancel) => throw new NotImplementedException();

    public Task<ObjectPermissions?> GetPermissionsAsync(AccessObject target, CancellationToken cancel) => throw new NotImplementedException();

    public Task<ObjectPermissions> ChangeGrantsAsync(
        AccessObject target, IReadOnlyList<Grant> grants, bool replace, Caller caller, long at, CancellationToken cancel) => throw new NotImplementedException();

    public Task<IReadOnlyList<GrantPath>?> ExplainAsync(AccessObject target, long principalId, CancellationToken cancel) => throw new NotImplementedException();

    public Task<FolderInfo?> FindFolderAsync(string path, CancellationToken cancel) => throw new NotImplementedException();

    public Task<FolderInfo> MakeFolderAsync(string path, string? id, Caller caller, long at, CancellationToken cancel) => throw new NotImplementedException();

    public Task<IReadOnlyList<FolderInfo>> ListFoldersAsync(string path, CancellationToken cancel) => throw new NotImplementedException();

    public Task<IReadOnlyList<ExperimentInfo>> ListExperimentsAsync(string path, string? name, ReadScope scope, int max, CancellationToken cancel) => throw new NotImplementedException();
}
