using Dossier.Core.Access;
using Dossier.Core.Prompts;
using Dossier.Core.Registry;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Registry;

public abstract class RegistrySearchTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private IRegistryStore Registry => Store.Registry;

    [Fact]
    public async Task Models_are_found_by_name_and_tag_ordered_by_name()
    {
        await ModelAsync("b", new Tag("team", "vision"));
        await ModelAsync("a", new Tag("team", "Vision"));
        await ModelAsync("c");

        Assert.Equal(["a", "b", "c"], await NamesAsync());
        Assert.Equal(["b"], await NamesAsync(Attribute("name", Comparator.Equal, "b")));
        Assert.Equal(["a", "b"], await NamesAsync(Tag("team", Comparator.ILike, "VIS%")));
        Assert.Equal(["b"], await NamesAsync(Tag("team", Comparator.Like, "vis%")));
        Assert.Equal(["a"], await NamesAsync(Tag("team", Comparator.NotEqual, "vision")));
        Assert.Equal(["c"], await NamesAsync(new Clause(SearchEntity.Tag, "team", Comparator.IsNull)));
    }

    [Fact]
    public async Task Prompts_are_hidden_found_alone_or_found_among_models()
    {
        await ModelAsync("model");
        await ModelAsync("tagged", new Tag(PromptTags.Marker, "false"));
        await ModelAsync("prompt", new Tag(PromptTags.Marker, "true"));
        foreach (var name in (string[])["model", "prompt"])
        {
            await Registry.CreateVersionAsync(
                new() { Name = name, Source = "s", Tags = name == "prompt" ? [new(PromptTags.Marker, "true")] : [] }, "s", At(5), default);
        }

        Assert.Equal(["model", "tagged"], await ModelsAsync(PromptScope.Hide));
        Assert.Equal(["prompt"], await ModelsAsync(PromptScope.Only));
        Assert.Equal(["model", "prompt", "tagged"], await ModelsAsync(PromptScope.All));
        Assert.Equal(["model"], await VersionsAsync(PromptScope.Hide));
        Assert.Equal(["prompt"], await VersionsAsync(PromptScope.Only));
        Assert.Equal(["model", "prompt"], await VersionsAsync(PromptScope.All));

        async Task<IEnumerable<string>> ModelsAsync(PromptScope prompts) =>
            (await Registry.SearchModelsAsync(Query(), prompts, ReadScope.Everything, default)).Items.Select(model => model.Name);

        async Task<IEnumerable<string>> VersionsAsync(PromptScope prompts) =>
            (await Registry.SearchVersionsAsync(Query(), prompts, ReadScope.Everything, default)).Items.Select(version => version.Name);
    }

    [Fact]
    public async Task Found_models_carry_their_tags_aliases_and_latest_versions()
    {
        await ModelAsync("a", new Tag("k", "1"));
        await ModelAsync("b");
        await Registry.CreateVersionAsync(new() { Name = "a", Source = "s", Tags = [new("v", "1")] }, "s", At(5), default);
        await Registry.SetAliasAsync("a", "prod", 1, At(6), default);
        var page = await Registry.SearchModelsAsync(Query(), PromptScope.All, ReadScope.Everything, default);
        Assert.Equivalent(await Registry.GetModelAsync("a", default), page.Items[0]);
        Assert.Equal([new Tag("v", "1")], Assert.Single(page.Items[0].LatestVersions!).Tags);
        Assert.Equal([new ModelAlias("prod", "1")], page.Items[0].Aliases);
        Assert.Empty(page.Items[1].LatestVersions!);
    }

    [Fact]
    public async Task Pages_of_models_meet_without_gap_or_overlap()
    {
        for (var i = 0; i < 25; i++)
        {
            await Registry.CreateModelAsync(new() { Name = $"m{i:00}" }, At(i / 4), default);
        }

        OrderColumn[] order = [new(SearchEntity.Attribute, "last_updated_timestamp", true)];
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await Registry.SearchModelsAsync(Query(order: order, maxResults: 7, pageToken: token), PromptScope.All, ReadScope.Everything, default);
            names.AddRange(page.Items.Select(model => model.Name));
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 25).OrderByDescending(i => i / 4).ThenBy(i => i).Select(i => $"m{i:00}"), names);
    }

    [Fact]
    public async Task Versions_are_found_by_what_they_are_newest_change_first()
    {
        await ModelAsync("a");
        await ModelAsync("b");
        await Registry.CreateVersionAsync(new() { Name = "a", Source = "s1", RunId = "r1" }, "s1", At(10), default);
        await Registry.CreateVersionAsync(new() { Name = "a", Source = "s2", RunId = "r2" }, "s2", At(10), default);
        await Registry.CreateVersionAsync(new() { Name = "b", Source = "s3", Tags = [new("k", "v")] }, "s3", At(10), default);
        await Registry.CreateVersionAsync(new() { Name = "b", Source = "s4", RunId = "r1" }, "s4", At(20), default);

        Assert.Equal(["b/2", "a/2", "a/1", "b/1"], await VersionsAsync());
        Assert.Equal(["a/2", "a/1"], await VersionsAsync(Attribute("name", Comparator.Equal, "a")));
        Assert.Equal(["b/2", "a/1"], await VersionsAsync(Attribute("run_id", Comparator.Equal, "r1")));
        Assert.Equal(["b/2", "a/2", "a/1"], await VersionsAsync(new Clause(SearchEntity.Attribute, "run_id", Comparator.In) { Texts = ["r1", "r2"] }));
        Assert.Equal(["a/2"], await VersionsAsync(Attribute("source", Comparator.Equal, "s2")));
        Assert.Equal(["b/1"], await VersionsAsync(Tag("k", Comparator.Equal, "v")));
        Assert.Equal(["b/2", "a/2"], await VersionsAsync(new Clause(SearchEntity.Attribute, "version_number", Comparator.Greater) { Number = 1 }));
    }

    [Fact]
    public async Task Versions_can_be_ordered_and_paged_by_any_column_also_missing_ones()
    {
        await ModelAsync("a");
        foreach (var run in (string?[])[null, "r2", "r1", null, "r2"])
        {
            await Registry.CreateVersionAsync(new() { Name = "a", Source = "s", RunId = run }, "s", At(10), default);
        }

        var found = new List<string>();
        string? token = null;
        do
        {
            var page = await Registry.SearchVersionsAsync(
                Query(order: [new(SearchEntity.Attribute, "run_id", true), new(SearchEntity.Attribute, "version_number", false)], maxResults: 2, pageToken: token), PromptScope.All, ReadScope.Everything,
                default);
            found.AddRange(page.Items.Select(version => version.Version));
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(["2", "5", "3", "1", "4"], found);
    }

    [Fact]
    public async Task Found_versions_carry_their_tags_and_aliases()
    {
        await ModelAsync("a");
        await Registry.CreateVersionAsync(new() { Name = "a", Source = "s", Tags = [new("k", "v")] }, "s", At(10), default);
        await Registry.SetAliasAsync("a", "prod", 1, At(11), default);
        Assert.Equivalent(await Registry.GetVersionAsync("a", 1, default), Assert.Single((await Registry.SearchVersionsAsync(Query(), PromptScope.All, ReadScope.Everything, default)).Items));
    }

    private static Clause Attribute(string key, Comparator comparator, string text) => new(SearchEntity.Attribute, key, comparator) { Text = text };

    private static Clause Tag(string key, Comparator comparator, string text) => new(SearchEntity.Tag, key, comparator) { Text = text };

    private Task<RegisteredModel> ModelAsync(string name, params Tag[] tags) => Registry.CreateModelAsync(new() { Name = name, Tags = tags }, At(1), default);

    private async Task<List<string>> NamesAsync(params Clause[] filter) =>
        [.. (await Registry.SearchModelsAsync(Query(filter), PromptScope.All, ReadScope.Everything, default)).Items.Select(model => model.Name)];

    private async Task<List<string>> VersionsAsync(params Clause[] filter) =>
        [.. (await Registry.SearchVersionsAsync(Query(filter), PromptScope.All, ReadScope.Everything, default)).Items.Select(version => $"{version.Name}/{version.Version}")];
}

public sealed class SqliteRegistrySearchTests() : RegistrySearchTests(new SqliteFixture());

public sealed class PostgresRegistrySearchTests() : RegistrySearchTests(new PostgresFixture());
