namespace Dossier.Client.Tests.RealServer;

public sealed class ExperimentTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private ExperimentsClient Calls => server.Client.Experiments;

    [Fact]
    public async Task An_experiment_lives_through_all_its_calls()
    {
        var id = await Calls.CreateAsync(new() { Name = "boards", Tags = [new("team", "vision")] });
        await Calls.SetTagAsync(id, "site", "north");
        var experiment = await Calls.GetAsync(id);
        Assert.Equal(("boards", LifecycleStage.Active), (experiment.Name, experiment.LifecycleStage));
        Assert.Equal([new Tag("team", "vision"), new Tag("site", "north")], experiment.Tags!);

        await Calls.DeleteTagAsync(id, "site");
        await Calls.RenameAsync(id, "circuit boards");
        Assert.Equal(id, (await Calls.FindByNameAsync("circuit boards"))!.ExperimentId);
        Assert.Null(await Calls.FindByNameAsync("boards"));

        await Calls.DeleteAsync(id);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Calls.GetOrCreateAsync("circuit boards"));
        Assert.Equal(ErrorCode.InvalidState, error.ErrorCode);
        await Calls.RestoreAsync(id);
        Assert.Equal(id, (await Calls.GetOrCreateAsync("circuit boards")).ExperimentId);
    }

    [Fact]
    public async Task A_taken_name_is_refused_with_the_protocols_code()
    {
        await Calls.CreateAsync(new() { Name = "taken" });
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Calls.CreateAsync(new() { Name = "taken" }));
        Assert.Equal((ErrorCode.ResourceAlreadyExists, 400), (error.ErrorCode, error.StatusCode));
    }

    [Fact]
    public async Task Many_that_ask_for_the_same_new_experiment_get_the_same_one()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await Calls.GetOrCreateAsync("raced")).ExperimentId));
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task A_search_walks_through_all_pages()
    {
        for (var i = 0; i < 7; i++)
        {
            await Calls.CreateAsync(new() { Name = $"paged-{i}" });
        }

        var names = await Calls.SearchAsync(new() { Filter = "name LIKE 'paged-%'", MaxResults = 3, OrderBy = ["name ASC"] })
            .Select(experiment => experiment.Name).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"paged-{i}"), names);
    }
}
