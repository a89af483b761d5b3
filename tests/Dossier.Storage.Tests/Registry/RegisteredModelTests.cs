using Dossier.Core.Registry;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Registry;

public abstract class RegisteredModelTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private IRegistryStore Registry => Store.Registry;

    [Fact]
    public async Task A_new_model_has_what_it_was_created_with()
    {
        var created = await Registry.CreateModelAsync(
            new() { Name = "pcb", Description = "d", Tags = [new("b", "2"), new("a", "1")] }, At(10), default);
        var read = await Registry.GetModelAsync("pcb", default);

        Assert.Equal(("pcb", "d", "ada", 10L, 10L), (read!.Name, read.Description, read.UserId, read.CreationTimestamp, read.LastUpdatedTimestamp));
        Assert.Equal([new Tag("a", "1"), new Tag("b", "2")], read.Tags);
        Assert.Empty(read.LatestVersions!);
        Assert.Equivalent(created, read);
        Assert.Null((await Registry.CreateModelAsync(new() { Name = "plain" }, At(1), default)).Description);
    }

    [Fact]
    public async Task An_importer_keeps_the_creation_time() => Assert.Equal(
        5, (await Registry.CreateModelAsync(new() { Name = "pcb", CreationTimestamp = 5 }, At(10), default)).CreationTimestamp);

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await CreateAsync("pcb", "other");
        Assert.Equal(
            "Registered Model (name=pcb) already exists.",
            await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => Registry.CreateModelAsync(new() { Name = "pcb" }, At(2), default)));
        Assert.Equal(
            "Registered Model (name=pcb) already exists.",
            await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => Registry.RenameModelAsync("other", "pcb", At(2), default)));
        Assert.NotNull(await Registry.GetModelAsync("other", default));
    }

    [Fact]
    public async Task Of_many_that_create_one_name_at_once_one_succeeds()
    {
        var attempts = Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await Registry.CreateModelAsync(new() { Name = "pcb" }, At(i), default);
                return true;
            }
            catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceAlreadyExists)
            {
                return false;
            }
        });
        Assert.Single(await Task.WhenAll(attempts), succeeded => succeeded);
    }

    [Fact]
    public async Task An_unknown_model_is_not_found_by_any_call()
    {
        Assert.Null(await Registry.GetModelAsync("nope", default));
        Func<Task>[] calls =
        [
            () => Registry.UpdateModelAsync("nope", "d", At(1), default),
            () => Registry.RenameModelAsync("nope", "x", At(1), default),
            () => Registry.DeleteModelAsync("nope", At(1), default),
            () => Registry.SetModelTagAsync("nope", "k", "v", At(1), default),
            () => Registry.DeleteAliasAsync("nope", "a", At(1), default),
            () => Registry.GetVersionByAliasAsync("nope", "a", default),
            () => Registry.GetLatestVersionsAsync("nope", null, default),
            () => Registry.CreateVersionAsync(new() { Name = "nope", Source = "s" }, "s", At(1), default),
        ];
        foreach (var call in calls)
        {
            Assert.Equal("Registered Model with name=nope not found", await RefusedAsync(ErrorCode.ResourceDoesNotExist, call));
        }
    }

    [Fact]
    public async Task A_description_is_replaced_and_the_update_time_moves()
    {
        await CreateAsync("pcb");
        var updated = await Registry.UpdateModelAsync("pcb", "new", At(20), default);
        Assert.Equal(("new", 1L, 20L), (updated.Description, updated.CreationTimestamp, updated.LastUpdatedTimestamp));
        Assert.Contains(
            """registered_model.update|ada|{"changes":[{"field":"description","from":null,"to":"new"}]}""", await EventsOfAsync("pcb"));
    }

    [Fact]
    public async Task A_rename_takes_versions_tags_and_aliases_along()
    {
        await CreateAsync("pcb");
        await Registry.SetModelTagAsync("pcb", "team", "vision", At(2), default);
        await Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s" }, "s", At(3), default);
        await Registry.SetAliasAsync("pcb", "prod", 1, At(4), default);

        var renamed = await Registry.RenameModelAsync("pcb", "board", At(9), default);

        Assert.Equal(("board", 9L), (renamed.Name, renamed.LastUpdatedTimestamp));
        Assert.Equal([new Tag("team", "vision")], renamed.Tags);
        Assert.Equal([new ModelAlias("prod", "1")], renamed.Aliases);
        var version = Assert.Single(renamed.LatestVersions!);
        Assert.Equal(("board", "1", 9L), (version.Name, version.Version, version.LastUpdatedTimestamp));
        Assert.Null(await Registry.GetModelAsync("pcb", default));
        Assert.Null(await Registry.GetVersionAsync("pcb", 1, default));
    }

    [Fact]
    public async Task A_deleted_model_is_gone_with_its_versions_and_its_name_is_free()
    {
        await CreateAsync("pcb");
        await Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s", Tags = [new("k", "v")] }, "s", At(2), default);
        await Registry.SetAliasAsync("pcb", "prod", 1, At(3), default);
        await Registry.DeleteModelAsync("pcb", At(4), default);

        Assert.Null(await Registry.GetModelAsync("pcb", default));
        Assert.Null(await Registry.GetVersionAsync("pcb", 1, default));
        var again = await Registry.CreateModelAsync(new() { Name = "pcb" }, At(5), default);
        Assert.Empty(again.Aliases!);
        Assert.Empty(again.LatestVersions!);
        Assert.Contains(await EventsOfAsync("pcb"), row => row.StartsWith("registered_model.delete|ada|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tags_are_set_replaced_and_deleted_with_their_history()
    {
        await CreateAsync("pcb");
        await Registry.SetModelTagAsync("pcb", "k", "1", At(2), default);
        await Registry.SetModelTagAsync("pcb", "k", "2", At(3), default);
        Assert.Equal([new Tag("k", "2")], (await Registry.GetModelAsync("pcb", default))!.Tags);
        await Registry.SetModelTagAsync("pcb", "k", null, At(4), default);
        await Registry.SetModelTagAsync("pcb", "k", null, At(5), default);
        Assert.Empty((await Registry.GetModelAsync("pcb", default))!.Tags!);
        Assert.Equal(
            [
                """registered_model.set_tag|ada|{"changes":[{"field":"tags.k","from":null,"to":"1"}]}""",
                """registered_model.set_tag|ada|{"changes":[{"field":"tags.k","from":"1","to":"2"}]}""",
                """registered_model.delete_tag|ada|{"changes":[{"field":"tags.k","from":"2","to":null}]}""",
            ],
            (await EventsOfAsync("pcb"))[1..]);
    }

    [Fact]
    public async Task An_alias_points_to_one_version_and_can_move()
    {
        await CreateAsync("pcb");
        await Registry.CreateVersionAsync(new() { Name = "pcb", Source = "a" }, "a", At(2), default);
        await Registry.CreateVersionAsync(new() { Name = "pcb", Source = "b" }, "b", At(3), default);
        await Registry.SetAliasAsync("pcb", "prod", 1, At(4), default);
        await Registry.SetAliasAsync("pcb", "best", 1, At(4), default);
        Assert.Equal(["best", "prod"], (await Registry.GetVersionByAliasAsync("pcb", "prod", default))!.Aliases);
        await Registry.SetAliasAsync("pcb", "prod", 2, At(5), default);
        Assert.Equal("2", (await Registry.GetVersionByAliasAsync("pcb", "prod", default))!.Version);
        Assert.Equal(["best"], (await Registry.GetVersionAsync("pcb", 1, default))!.Aliases);

        await Registry.DeleteAliasAsync("pcb", "prod", At(6), default);
        await Registry.DeleteAliasAsync("pcb", "prod", At(6), default);
        Assert.Null(await Registry.GetVersionByAliasAsync("pcb", "prod", default));
        Assert.Equal(
            "Model Version (name=pcb, version=7) not found",
            await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Registry.SetAliasAsync("pcb", "x", 7, At(7), default)));
    }

    private async Task CreateAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await Registry.CreateModelAsync(new() { Name = name }, At(1), default);
        }
    }
}

public sealed class SqliteRegisteredModelTests() : RegisteredModelTests(new SqliteFixture());

public sealed class PostgresRegisteredModelTests() : RegisteredModelTests(new PostgresFixture());
