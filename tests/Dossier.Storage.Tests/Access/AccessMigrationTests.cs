using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Storage.Migrations;
using Dossier.Storage.Sql;
using Dossier.Testing;

namespace Dossier.Storage.Tests.Access;

public sealed class AccessMigrationTests : IDisposable
{
    private static readonly MigrationContext Context = new("mlflow-artifacts:/", TimeProvider.System);
    private static readonly string TooDeep = string.Concat(Enumerable.Repeat("/d", 200));

    // With a record from before there were folders.
    private static readonly IReadOnlyList<Migration> Migrations =
    [
        SchemaMigrations.All[0] with
        {
            ApplyAsync = static async (session, context) =>
            {
                await SchemaMigrations.All[0].ApplyAsync(session, context);
                await ExperimentAsync(session, "1", "plain", "mlflow-artifacts:/1");
                await ExperimentAsync(session, "2", "/Shared/team/exp", "MLFLOW-artifacts:///Some/Place/");
                await ExperimentAsync(session, "3", "/Users/ann@x/exp", "s3://bucket/3");
                await ExperimentAsync(session, "4", TooDeep, "mlflow-artifacts:/../4");
                await session.ExecuteAsync(
                    "INSERT INTO registered_models (public_id, name, user_id, last_version, created_at, updated_at) VALUES ('0a', 'm', 'local', 1, 1, 1)");
                await session.ExecuteAsync(
                    """
                    INSERT INTO model_versions (model_id, version, user_id, stage, source, download_uri, created_at, updated_at)
                    VALUES (1, 1, 'local', 'None', 'x', 'mlflow-artifacts:/1/r/artifacts/Model', 1, 1)
                    """);
            },
        },
        .. SchemaMigrations.All.Skip(1),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_from_before_there_were_folders_gets_them(bool postgres)
    {
        var uri = postgres ? (await (await PostgresServer.GetAsync()).CreateDatabaseAsync()).Uri : $"sqlite:///{_folder.Combine("record.db")}";
        await using var store = await DossierStore.OpenAsync(uri, Migrations, Context, default);
        Assert.Equal(
            ["0: /Users/local, 0", "1: /Users/local, 1", "2: /Shared/team, some/place", "3: /Users/ann@x, -", $"4: {TooDeep[..98]}, -"],
            await store.Database.ReadAsync(session => session.ListAsync(
                "SELECT e.public_id, f.path, e.served_path FROM experiments e JOIN folders f ON f.id = e.folder_id ORDER BY e.id",
                static row => $"{row.Text(0)}: {row.Text(1)}, {row.TextOrNull(2) ?? "-"}"), default));
        Assert.Equal(["/Shared", "/Users", "/d"], (await store.Access.ListFoldersAsync("/", default)).Select(folder => folder.Path));

        var bob = await store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = "bob" }, new("local", 1), default);
        Assert.Equal(PermissionLevel.NoPermissions, await store.Access.FindLevelAsync(ObjectKinds.Experiment.Of("1"), [BuiltIn.UsersId, bob.Id], default));
        Assert.Equal(PermissionLevel.CanManage, await store.Access.FindLevelAsync(ObjectKinds.Experiment.Of("2"), [BuiltIn.UsersId, bob.Id], default));
        Assert.Equal(PermissionLevel.CanManage, await store.Access.FindLevelAsync(ObjectKinds.Experiment.Of("1"), [BuiltIn.LocalId], default));
        await store.Access.ChangeGrantsAsync(ObjectKinds.Model.Of("m"), [new(PrincipalKind.User, "bob", PermissionLevel.CanRead)], false, Caller.Local, 2, default);
        Assert.Equal(
            PermissionLevel.CanRead,
            await store.Access.FindLevelAsync(ObjectKinds.Artifact.Of(ArtifactPath.Parse("1/r/artifacts/Model/MLmodel").Value), [bob.Id], default));
    }

    private static async ValueTask ExperimentAsync(SqlSession session, string id, string name, string location) => await session.ExecuteAsync(
        "INSERT INTO experiments (public_id, number, name, artifact_location, deleted, created_at, updated_at) VALUES ($1, $2, $3, $4, 0, 1, 1)",
        id, long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), name, location);
}
