using System.Text.Json;
using CsCheck;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Access;

/// <summary>What holds in any world of nested groups, folders, objects and grants, against a naive reading of it.</summary>
public abstract class AccessPropertyTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private const int Worlds = 25;

    [Fact]
    public Task Everybody_has_the_highest_level_of_all_grants_that_reach_an_object() => ForAnyAsync(World.Any, static world => world, async (world, record) =>
    {
        foreach (var (user, thing) in Pairs(world))
        {
            foreach (var face in record.Faces(thing))
            {
                Assert.Equal((user, face, world.Level(user, thing)), (user, face, await record.LevelAsync(user, face)));
            }
        }
    });

    [Fact]
    public Task Every_search_finds_exactly_what_may_be_read() => ForAnyAsync(World.Any, static world => world, async (world, record) =>
    {
        for (var user = 0; user < World.Users; user++)
        {
            foreach (var (search, found) in await record.FoundAsync(user))
            {
                var kind = search is "models" or "versions" ? 'm' : 'e';
                var readable = world.Things.Where(thing => thing.Kind == kind && world.MayRead(user, thing)).Select(thing => thing.Place);
                Assert.Equal((user, search, string.Join(' ', readable)), (user, search, string.Join(' ', found)));
            }
        }
    });

    [Fact]
    public Task One_grant_more_never_lowers_anybody() => ForAnyAsync(
        Gen.Select(World.Any, World.AnyGrant), static any => any.Item1, async (any, world, record) =>
        {
            var added = world.Grant(any.Item2);
            if (world.Grants.Any(grant => grant.On == added.On && grant.Principal == added.Principal && grant.Level > added.Level))
            {
                return;
            }

            var before = await LevelsAsync(world, record);
            await record.GrantAsync(added);
            var after = await LevelsAsync(world, record);
            Assert.All(before, one => Assert.True(after[one.Key] >= one.Value, $"{one.Key} fell from {one.Value} to {after[one.Key]} by {added}"));
        });

    [Fact]
    public Task A_move_changes_what_is_inherited_and_nothing_else() => ForAnyAsync(
        Gen.Select(World.Any, Gen.Int[0, 1000], Gen.Int[0, 1000]), static any => any.Item1, async (any, world, record) =>
        {
            var experiment = any.Item2 % world.FolderOf.Length;
            world.FolderOf[experiment] = any.Item3 % world.Parents.Length;
            await record.RenameAsync(experiment, $"{world.Path(world.FolderOf[experiment])}/moved");
            foreach (var ((user, thing), level) in await LevelsAsync(world, record))
            {
                Assert.Equal((user, thing, world.Level(user, thing)), (user, thing, level));
            }
        });

    [Fact]
    public Task The_list_of_grants_does_not_tell_in_which_order_they_were_made() => ForAnyAsync(
        Gen.Select(World.Any, Gen.Int), static any => any.Item1, async (any, world, record) =>
        {
            var lists = await ListsAsync(world);
            var random = new Random(any.Item2);
            var shuffled = world.Grants.ToArray();
            random.Shuffle(shuffled);
            world.Grants.Clear();
            await record.WriteAsync();
            foreach (var grant in shuffled)
            {
                await record.GrantAsync(grant);
            }

            world.Grants.AddRange(shuffled);
            Assert.Equal(lists, await ListsAsync(world));
        });

    [Fact]
    public Task Administrators_manage_everything_whatever_is_granted_or_taken() => ForAnyAsync(
        Gen.Select(World.Any, World.AnyGrant.Array[1, 6]), static any => any.Item1, async (any, world, record) =>
        {
            foreach (var any2 in any.Item2)
            {
                // Takes all grants away but one, from administrators too where that may be.
                var grant = world.Grant(any2);
                try
                {
                    await Store.Access.ChangeGrantsAsync(
                        WorldRecord.Target(grant.On), [new(WorldRecord.KindOf(grant.Principal), WorldRecord.NameOf(grant.Principal), grant.Level)], true, Caller.Local, 1, default);
                }
                catch (ProtocolException refused)
                {
                    Assert.Contains("admins", refused.Message, StringComparison.Ordinal);
                }
            }

            foreach (var thing in world.Things)
            {
                Assert.Equal(PermissionLevel.CanManage, await Store.Access.FindLevelAsync(WorldRecord.Target(thing), [BuiltIn.AdminsId], default));
            }
        });

    private Task ForAnyAsync(Gen<World> worlds, Func<World, World> world, Func<World, WorldRecord, Task> check) =>
        ForAnyAsync(worlds, world, (_, one, record) => check(one, record));

    private Task ForAnyAsync<T>(Gen<T> gen, Func<T, World> world, Func<T, World, WorldRecord, Task> check) => gen.SampleAsync(
        async any => await check(any, world(any), await new WorldRecord(Store, world(any)).WriteAsync()), iter: Worlds, threads: 1);

    private static IEnumerable<(int User, Thing Thing)> Pairs(World world) =>
        from user in Enumerable.Range(0, World.Users) from thing in world.Things select (user, thing);

    private static async Task<Dictionary<(int User, Thing Thing), PermissionLevel?>> LevelsAsync(World world, WorldRecord record)
    {
        var levels = new Dictionary<(int, Thing), PermissionLevel?>();
        foreach (var (user, thing) in Pairs(world))
        {
            levels.Add((user, thing), await record.LevelAsync(user, WorldRecord.Target(thing)));
        }

        return levels;
    }

    private async Task<List<string>> ListsAsync(World world)
    {
        var lists = new List<string>();
        foreach (var thing in world.Things)
        {
            lists.Add(JsonSerializer.Serialize(await Store.Access.GetPermissionsAsync(WorldRecord.Target(thing), default)));
        }

        return lists;
    }
}

public sealed class SqliteAccessPropertyTests() : AccessPropertyTests(new SqliteFixture());

public sealed class PostgresAccessPropertyTests() : AccessPropertyTests(new PostgresFixture());
