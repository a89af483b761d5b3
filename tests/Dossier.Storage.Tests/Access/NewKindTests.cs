using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Tests.Support;
using static Dossier.Core.Access.PermissionLevel;

namespace Dossier.Storage.Tests.Access;

/// <summary>The recipe "Adding a guarded kind" of CONTRIBUTING.md, followed: two kinds that the product does not know, by their rows alone.</summary>
public abstract class NewKindTests(StoreFixture fixture) : AccessTests(fixture)
{
    // Lies in a folder, as an experiment does, and has grants of its own.
    private static readonly ObjectKind Scorer = new()
    {
        Name = "scorer",
        EventType = "scorer",
        Table = "scorers",
        Missing = static id => $"Scorer with id={id} not found",
        Grants = new()
        {
            Number = 1001,
            ApiType = "scorers",
            ObjectType = "scorer",
            EventType = "scorer",
            Levels = [new("CAN_READ", "Can use the scorer"), new("CAN_MANAGE", "Can change the scorer")],
            FolderColumn = "folder_id",
        },
    };

    // Has no grants of its own: who may read the scorer may read its scores.
    private static readonly ObjectKind Score = new()
    {
        Name = "score",
        EventType = "score",
        Table = "scores",
        Missing = static id => $"Score with id={id} not found",
        GuardedBy = new(Scorer, "scorer_id"),
    };

    // What the service of scores would declare.
    private static readonly Guard<ChangeScore> MayChange = Guards.On<ChangeScore>(CanManage, Score, static message => message.ScoreId, "score_id");

    [Fact]
    public async Task A_guard_of_a_new_kind_lets_exactly_those_pass_who_may()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ScorerAsync(ann, 1, "sharp");
        await ExecuteAsync("INSERT INTO scores (id, public_id, scorer_id) VALUES (1, 'a', 1)");
        Assert.Equal("CAN_MANAGE on the scorer of the score", MayChange.Need.Text);
        foreach (var caller in new[] { ann, Caller.Local })
        {
            var passed = await PassAsync(MayChange, new("a"), caller);
            Assert.Equal((caller, "a"), (passed.Caller, passed.Message.ScoreId));
        }

        Assert.Equal("Score with id=a not found", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => PassAsync(MayChange, new("a"), bob)));
        await GrantAsync(Scorer.Of("sharp"), User("bob", CanRead));
        await RefusedAsync(ErrorCode.PermissionDenied, () => PassAsync(MayChange, new("a"), bob));
        Assert.Contains("score_id", await RefusedAsync(ErrorCode.InvalidParameterValue, () => PassAsync(MayChange, new(""), bob)), StringComparison.Ordinal);
        await GrantAsync(Scorer.Of("sharp"), User("bob", CanManage));
        Assert.Equal(bob, (await PassAsync(MayChange, new("a"), bob)).Caller);
    }

    [Fact]
    public async Task A_new_kind_inherits_from_its_folder_and_is_granted_by_itself()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ScorerAsync(ann, 1, "sharp");
        Assert.Equal(CanManage, await LevelAsync(Scorer.Of("sharp"), ann));
        Assert.Equal(NoPermissions, await LevelAsync(Scorer.Of("sharp"), bob));
        Assert.Null(await LevelAsync(Scorer.Of("blunt"), bob));

        var answer = await GrantAsync(Scorer.Of("sharp"), User("bob", CanRead));
        Assert.Equal(("/scorers/sharp", "scorer"), (answer.ObjectId, answer.ObjectType));
        var home = (await Store.Access.FindFolderAsync("/Users/ann", default))!.Id;
        Assert.Equal(["ann: CAN_MANAGE from /directories/" + home, "bob: CAN_READ", "admins: CAN_MANAGE from /directories/"], Lines(answer));
        Assert.Equal(CanRead, await LevelAsync(Scorer.Of("sharp"), bob));
        Assert.Equal(["scorer.grant"], (await EventRow.OfAsync(Store.Database, "sharp")).Select(row => row.Action));

        await GrantAsync(ObjectKinds.Folder.Of(home), User("bob", CanRun));
        Assert.Equal(CanEdit, await LevelAsync(Scorer.Of("sharp"), bob));
        Assert.Equal(["CAN_READ", "CAN_MANAGE"], PermissionLevels.Of(Scorer.Of("sharp")).Select(level => level.PermissionLevel));
    }

    [Fact]
    public async Task What_a_new_kind_guards_is_asked_for_by_its_own_id_and_many_at_once()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ScorerAsync(ann, 1, "sharp");
        await ScorerAsync(bob, 2, "dull");
        await ExecuteAsync("INSERT INTO scores (id, public_id, scorer_id) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 2)");
        AccessObject[] scores = [Score.Of("a"), Score.Of("b"), Score.Of("c"), Score.Of("none"), Scorer.Of("sharp"), Scorer.Of("dull")];
        var together = await Store.Access.FindLevelsAsync(scores, bob.PrincipalIds, default);
        Assert.Equal(
            [("a", NoPermissions), ("b", CanManage), ("c", CanManage), ("dull", CanManage), ("sharp", NoPermissions)],
            together.Select(one => (one.Key.Id, one.Value)).OrderBy(one => one.Id, StringComparer.Ordinal));
        foreach (var score in scores)
        {
            Assert.Equal(await LevelAsync(score, bob), together.TryGetValue(score, out var level) ? level : null);
        }
    }

    [Fact]
    public async Task Who_may_not_read_one_of_a_new_kind_hears_what_its_row_says()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        await ScorerAsync(ann, 1, "sharp");
        await ExecuteAsync("INSERT INTO scores (id, public_id, scorer_id) VALUES (1, 'a', 1)");
        var access = new AccessService(Store.Access);
        await access.RequireAsync(ann, Score.Of("a"), CanManage, default);
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => access.RequireAsync(bob, Score.Of("a"), CanRead, default).AsTask());
        Assert.Equal((ErrorCode.ResourceDoesNotExist, "Score with id=a not found"), (refused.ErrorCode, refused.Message));

        await GrantAsync(Scorer.Of("sharp"), User("bob", CanRead));
        await access.RequireAsync(bob, Score.Of("a"), CanRead, default);
        refused = await Assert.ThrowsAsync<ProtocolException>(() => access.RequireAsync(bob, Score.Of("a"), CanManage, default).AsTask());
        Assert.Equal(ErrorCode.PermissionDenied, refused.ErrorCode);
        Assert.Contains("CAN_MANAGE on the scorer of score a, only CAN_READ", refused.Message, StringComparison.Ordinal);
    }

    // What a migration and a store would do.
    private async Task ScorerAsync(Caller creator, long key, string id)
    {
        var text = Store.Database.Dialect.Text;
        await ExecuteAsync($"CREATE TABLE IF NOT EXISTS scorers (id BIGINT NOT NULL, public_id {text} NOT NULL, name {text} NOT NULL, folder_id BIGINT NOT NULL)");
        await ExecuteAsync($"CREATE TABLE IF NOT EXISTS scores (id BIGINT NOT NULL, public_id {text} NOT NULL, scorer_id BIGINT NOT NULL)");
        await Store.Database.WriteAsync(
            async session =>
            {
                var folder = await Folders.EnsureAsync(session, FolderPath.Home(creator.Name), By(creator));
                await session.ExecuteAsync("INSERT INTO scorers (id, public_id, name, folder_id) VALUES ($1, $2, $2, $3)", key, id, folder.Id);
                await Grants.GiveCreatorAsync(session, new(Scorer, key, id), folder.Id, By(creator));
            },
            default);
    }

    private sealed record ChangeScore(string? ScoreId);

    private Task<int> ExecuteAsync(string sql) => Store.Database.WriteAsync(async session => await session.ExecuteAsync(sql), default);
}

public sealed class SqliteNewKindTests() : NewKindTests(new SqliteFixture());

public sealed class PostgresNewKindTests() : NewKindTests(new PostgresFixture());
