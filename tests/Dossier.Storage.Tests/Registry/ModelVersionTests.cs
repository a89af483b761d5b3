using Dossier.Core.Registry;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Registry;

public abstract class ModelVersionTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private IRegistryStore Registry => Store.Registry;

    [Fact]
    public async Task A_new_version_has_what_it_was_created_with()
    {
        await Registry.CreateModelAsync(new() { Name = "pcb" }, At(1), default);
        var version = await Registry.CreateVersionAsync(
            new() { Name = "pcb", Source = "runs:/r1/model", RunId = "r1", RunLink = "http://x", Description = "d", ModelId = "m-1", Tags = [new("k", "v")] },
            "mlflow-artifacts:/1/r1/artifacts/model",
            At(5),
            default);
        Assert.Equal(("pcb", "1", "None", "READY", "d"), (version.Name, version.Version, version.CurrentStage, version.Status, version.Description));
        Assert.Equal(("runs:/r1/model", "r1", "http://x", "m-1", "ada"), (version.Source, version.RunId, version.RunLink, version.ModelId, version.UserId));
        Assert.Equal((5L, 5L), (version.CreationTimestamp, version.LastUpdatedTimestamp));
        Assert.Equal([new Tag("k", "v")], version.Tags);
        Assert.Equivalent(version, await Registry.GetVersionAsync("pcb", 1, default));
        Assert.Equal("mlflow-artifacts:/1/r1/artifacts/model", await Registry.GetDownloadUriAsync("pcb", 1, default));
        Assert.Equal(5, (await Registry.GetModelAsync("pcb", default))!.LastUpdatedTimestamp);
    }

    [Fact]
    public async Task What_was_not_given_is_absent()
    {
        await CreateAsync(1);
        var version = await Registry.GetVersionAsync("pcb", 1, default);
        Assert.Equal((null, null, null, null), (version!.Description, version.RunLink, version.RunId, version.ModelId));
    }

    [Fact]
    public async Task Version_numbers_are_never_used_twice()
    {
        await CreateAsync(2);
        await Registry.DeleteVersionAsync("pcb", 2, At(5), default);
        Assert.Equal("3", (await Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s" }, "s", At(6), default)).Version);
        Assert.Null(await Registry.GetVersionAsync("pcb", 2, default));
    }

    [Fact]
    public async Task Versions_created_at_once_get_numbers_without_gap()
    {
        await Registry.CreateModelAsync(new() { Name = "pcb" }, At(1), default);
        var versions = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Registry.CreateVersionAsync(new() { Name = "pcb", Source = $"s{i}" }, "s", At(i), default)));
        Assert.Equal(Enumerable.Range(1, 16), versions.Select(version => int.Parse(version.Version, null)).Order());
    }

    [Fact]
    public async Task An_unknown_version_is_not_found_by_any_call()
    {
        await CreateAsync(1);
        Assert.Null(await Registry.GetVersionAsync("pcb", 2, default));
        Assert.Null(await Registry.GetDownloadUriAsync("pcb", 2, default));
        Func<string, Task>[] calls =
        [
            name => Registry.UpdateVersionAsync(name, 2, "d", At(1), default),
            name => MoveAsync(name, 2, "Staging", false, At(1)),
            name => Registry.DeleteVersionAsync(name, 2, At(1), default),
            name => Registry.SetVersionTagAsync(name, 2, "k", "v", At(1), default),
        ];
        foreach (var call in calls)
        {
            Assert.Equal("Model Version (name=pcb, version=2) not found", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => call("pcb")));
            Assert.Equal("Model Version (name=nope, version=2) not found", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => call("nope")));
        }
    }

    [Fact]
    public async Task A_transition_moves_the_version_and_archives_others_when_asked()
    {
        await CreateAsync(3);
        await MoveAsync("pcb", 1, "Staging", false, At(10));
        await MoveAsync("pcb", 2, "Staging", false, At(11));
        Assert.Equal("Staging", (await Registry.GetVersionAsync("pcb", 1, default))!.CurrentStage);

        var moved = await MoveAsync("pcb", 3, "Staging", true, At(12));

        Assert.Equal(("Staging", 12L), (moved.CurrentStage, moved.LastUpdatedTimestamp));
        foreach (var number in (int[])[1, 2])
        {
            var other = await Registry.GetVersionAsync("pcb", number, default);
            Assert.Equal(("Archived", 12L), (other!.CurrentStage, other.LastUpdatedTimestamp));
        }

        Assert.Equal(12, (await Registry.GetModelAsync("pcb", default))!.LastUpdatedTimestamp);
        Assert.Equal(
            """model_version.transition_stage|ada|{"changes":[{"field":"current_stage","from":"Staging","to":"Archived"}]}""",
            (await EventsOfAsync("pcb/1"))[^1]);
    }

    [Fact]
    public async Task Latest_versions_are_the_newest_of_each_stage()
    {
        await CreateAsync(4);
        await MoveAsync("pcb", 1, "Archived", false, At(10));
        await MoveAsync("pcb", 2, "Staging", false, At(10));
        await MoveAsync("pcb", 3, "Staging", false, At(10));
        await Registry.SetVersionTagAsync("pcb", 3, "k", "v", At(11), default);

        var ofModel = (await Registry.GetModelAsync("pcb", default))!.LatestVersions!;
        Assert.Equal(["1 Archived", "3 Staging", "4 None"], ofModel.Select(version => $"{version.Version} {version.CurrentStage}"));
        Assert.Equal([new Tag("k", "v")], ofModel[1].Tags);
        Assert.Equal(
            ["4 None", "3 Staging", "1 Archived"],
            (await Registry.GetLatestVersionsAsync("pcb", null, default)).Select(version => $"{version.Version} {version.CurrentStage}"));
        Assert.Equal(["3"], (await Registry.GetLatestVersionsAsync("pcb", ["Staging", "Production"], default)).Select(version => version.Version));
    }

    [Fact]
    public async Task A_deleted_version_takes_its_tags_and_aliases_along()
    {
        await CreateAsync(2);
        await Registry.SetVersionTagAsync("pcb", 1, "k", "v", At(5), default);
        await Registry.SetAliasAsync("pcb", "prod", 1, At(5), default);
        await Registry.DeleteVersionAsync("pcb", 1, At(6), default);
        var model = await Registry.GetModelAsync("pcb", default);
        Assert.Empty(model!.Aliases!);
        Assert.Equal(["2"], model.LatestVersions!.Select(version => version.Version));
        Assert.Equal(6, model.LastUpdatedTimestamp);
    }

    [Fact]
    public async Task Description_and_tags_change_with_their_history()
    {
        await CreateAsync(1);
        Assert.Equal("new", (await Registry.UpdateVersionAsync("pcb", 1, "new", At(5), default)).Description);
        await Registry.SetVersionTagAsync("pcb", 1, "k", "v", At(6), default);
        await Registry.SetVersionTagAsync("pcb", 1, "k", null, At(7), default);
        Assert.Equal(
            [
                """model_version.update|ada|{"changes":[{"field":"description","from":null,"to":"new"}]}""",
                """model_version.set_tag|ada|{"changes":[{"field":"tags.k","from":null,"to":"v"}]}""",
                """model_version.delete_tag|ada|{"changes":[{"field":"tags.k","from":"v","to":null}]}""",
            ],
            (await EventsOfAsync("pcb/1"))[1..]);
    }

    private async Task CreateAsync(int versions)
    {
        await Registry.CreateModelAsync(new() { Name = "pcb" }, At(1), default);
        for (var i = 1; i <= versions; i++)
        {
            await Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s" }, "s", At(1 + i), default);
        }
    }
}

public sealed class SqliteModelVersionTests() : ModelVersionTests(new SqliteFixture());

public sealed class PostgresModelVersionTests() : ModelVersionTests(new PostgresFixture());
