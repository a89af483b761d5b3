using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>
/// Folders and grants. An object of a grant is its type (<see cref="GrantRules.Number"/>) and its key; the registry root and the authorizations have key 0.
/// <c>folder_ancestors</c> holds each folder with itself and all above it. <c>served_path</c> is a <see cref="Core.Artifacts.ServedPath"/>,
/// NULL for what the server does not serve. <c>access_state</c> counts the changes that decide about access, for other processes to see.
/// </summary>
internal static class AccessTables
{
    public static async ValueTask CreateAsync(SqlSession session, MigrationContext context)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }

        await session.ExecuteAsync("INSERT INTO access_state (version) VALUES (1)");
        await session.ExecuteAsync("INSERT INTO folders (id, public_id, parent_id, path, created_at) VALUES (1, 0, NULL, '/', $1)", context.Now);
        await session.ExecuteAsync("INSERT INTO folder_ancestors (folder_id, ancestor_id) VALUES (1, 1)");
        await session.ExecuteAsync(session.Dialect.RestartIdentity("folders"));
        foreach (var (type, key, principal, level) in new[]
        {
            (ObjectKinds.Folder, 1L, BuiltIn.AdminsId, PermissionLevel.CanManage),
            (ObjectKinds.Registry, 0L, BuiltIn.AdminsId, PermissionLevel.CanManage),
            (ObjectKinds.Registry, 0L, BuiltIn.UsersId, PermissionLevel.CanCreateRegisteredModel),
            (ObjectKinds.Tokens, 0L, BuiltIn.UsersId, PermissionLevel.CanUse),
            (ObjectKinds.Passwords, 0L, BuiltIn.UsersId, PermissionLevel.CanUse),
        })
        {
            await session.ExecuteAsync(
                "INSERT INTO grants (object_type, object_id, principal_id, level, granted_by, at) VALUES ($1, $2, $3, $4, 'dossier', $5)",
                type.Grants!.Number, key, principal, (long)level, context.Now);
        }
    }

    private static IEnumerable<string> Statements(Dialect d) =>
    [
        $"""
        CREATE TABLE folders (
            id {d.Identity},
            public_id BIGINT NOT NULL UNIQUE,
            parent_id BIGINT REFERENCES folders (id),
            path {d.Text} NOT NULL UNIQUE,
            created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX folders_by_parent ON folders (parent_id)",
        $"CREATE TABLE folder_ancestors (folder_id BIGINT NOT NULL, ancestor_id BIGINT NOT NULL, PRIMARY KEY (folder_id, ancestor_id)) {d.ClusteredByKey}",
        "CREATE INDEX folder_ancestors_by_ancestor ON folder_ancestors (ancestor_id, folder_id)",
        $"""
        CREATE TABLE grants (
            object_type BIGINT NOT NULL, object_id BIGINT NOT NULL, principal_id BIGINT NOT NULL,
            level BIGINT NOT NULL, granted_by {d.Text} NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (object_type, object_id, principal_id)) {d.ClusteredByKey}
        """,
        "CREATE INDEX grants_by_principal ON grants (principal_id, object_type, object_id, level)",
        "CREATE TABLE access_state (version BIGINT NOT NULL)",
        "ALTER TABLE experiments ADD COLUMN folder_id BIGINT",
        "CREATE INDEX experiments_by_folder ON experiments (folder_id)",
        $"ALTER TABLE experiments ADD COLUMN served_path {d.Text}",
        "CREATE INDEX experiments_by_served_path ON experiments (served_path)",
        $"ALTER TABLE model_versions ADD COLUMN served_path {d.Text}",
        "CREATE INDEX model_versions_by_served_path ON model_versions (served_path)",
    ];
}
