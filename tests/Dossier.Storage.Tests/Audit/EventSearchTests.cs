using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Audit;

public abstract class EventSearchTests(StoreFixture fixture) : AuditTests(fixture)
{
    private static readonly string[] Principals = ["ada", "bob", "eve"];
    private static readonly EventAction[] Actions = [EventAction.RunUpdate, EventAction.RunLog, EventAction.ExperimentCreate, EventAction.LoggedModelCreate];

    public static TheoryData<string?, string?, string?, string?, long?, long?> Filters => new()
    {
        { null, null, null, null, null, null },
        { "eve", null, null, null, null, null },
        { null, "run", "7", null, null, null },
        { null, null, null, "run.log", null, null },
        { null, null, null, "run.", null, null },
        { null, "experiment", "3", "experiment.", null, null },
        { "bob", "run", "7", "run.update", null, null },
        { null, null, null, null, 900, 1100 },
        { "ada", null, null, "logged_model.create", 200, 1900 },
        { "nobody", null, null, null, null, null },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_listing_holds_exactly_what_its_filter_asks_for_in_order_page_by_page(
        string? principal, string? type, string? id, string? action, long? from, long? to)
    {
        // A block of one seal, one of several, and a rest behind them, of which a part is sealed.
        var written = 0;
        foreach (var until in new[] { 1100, 1500, 1900, 2300, 2500 })
        {
            var first = written;
            await Store.Database.WriteAsync(async session =>
            {
                for (var number = first; number < until; number++)
                {
                    await EventWriter.WriteAsync(session, new Change(Principals[number % 7 % 3], number), Actions[number % 11 % 4], $"{number % 13}", "{}");
                }
            }, default);
            await SealAsync();
            written = until;
        }

        Assert.Equal(2, await Store.Database.ReadAsync(session => session.FirstAsync("SELECT COUNT(*) FROM audit_blocks", static row => row.Integer(0), 0L), default));
        await WriteAsync("eve", EventAction.RunLog, "7", at: 1000);
        await SettledAsync();
        var all = await Store.Database.ReadAsync(session => EventStream.ReadAsync(session, new(long.MinValue, long.MinValue), int.MaxValue), default);
        var expected = all.Where(one => (principal is null || one.Principal == principal) && (type is null || (one.ObjectType == type && one.ObjectId == id))
            && (action is null || (action.EndsWith('.') ? one.Action.StartsWith(action, StringComparison.Ordinal) : one.Action == action))
            && one.At >= (from ?? 0) && one.At < (to ?? long.MaxValue)).Select(one => $"{one.Position.Id}").ToList();
        var query = new EventQuery { Principal = principal, ObjectType = type, ObjectId = id, Action = action, From = from, To = to, MaxResults = 100 };
        Assert.Equal(expected, await AllAsync(query with { Ascending = true }));
        expected.Reverse();
        Assert.Equal(expected, await AllAsync(query));
    }

    [Fact]
    public async Task A_page_token_of_another_filter_is_refused()
    {
        await WriteAsync("ada", EventAction.RunLog, "r", times: 3);
        var first = await Audit.ListAsync(new() { Principal = "ada", MaxResults = 1 }, default);
        var refused = await Assert.ThrowsAsync<ProtocolException>(
            () => Audit.ListAsync(new() { Principal = "bob", MaxResults = 1, PageToken = first.NextPageToken }, default));
        Assert.Equal(ErrorCode.InvalidParameterValue, refused.ErrorCode);
    }

    [Fact]
    public async Task A_registered_model_and_its_versions_are_followed_through_renames_and_beyond_their_end()
    {
        await Store.Registry.CreateModelAsync(new() { Name = "pcb" }, At(1), default);
        await Store.Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s" }, "s", At(2), default);
        await Store.Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s" }, "s", At(3), default);
        await Store.Registry.RenameModelAsync("pcb", "board", At(4), default);
        await MoveAsync("board", 1, "Staging", false, At(5));

        // Another model takes the name that is free now.
        await Store.Registry.CreateModelAsync(new() { Name = "pcb" }, At(6), default);
        await Store.Registry.UpdateModelAsync("pcb", "another one", At(7), default);

        string[] life = ["registered_model.create pcb", "registered_model.rename pcb"];
        Assert.Equal(life, await LinesAsync("registered_model", "board"));
        Assert.Equal(["registered_model.create pcb", "registered_model.update pcb"], await LinesAsync("registered_model", "pcb"));
        string[] version = ["model_version.create pcb/1", "model_version.transition_stage board/1"];
        Assert.Equal(version, await LinesAsync("model_version", "board/1"));
        Assert.Equal(["model_version.create pcb/2"], await LinesAsync("model_version", "board/2"));

        await Store.Registry.DeleteModelAsync("board", At(8), default);
        Assert.Equal([.. life, "registered_model.delete board"], await LinesAsync("registered_model", "board"));
        Assert.Equal(version, await LinesAsync("model_version", "board/1"));
        Assert.Empty(await LinesAsync("model_version", "never/1"));
        Assert.Empty(await LinesAsync("model_version", "malformed"));
    }

    private async Task<List<string>> AllAsync(EventQuery query)
    {
        var ids = new List<string>();
        do
        {
            var page = await Audit.ListAsync(query, default);
            Assert.True(page.Items.Count <= query.MaxResults);
            ids.AddRange(page.Items.Select(one => one.Id));
            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
        return ids;
    }

    private async Task<List<string>> LinesAsync(string type, string id)
    {
        var page = await Audit.ListAsync(new() { ObjectType = type, ObjectId = id, MaxResults = 100 }, default);
        return [.. page.Items.Select(one => $"{one.Action} {one.ObjectId}").Reverse()];
    }
}

public sealed class EventSearchTestsOnSqlite() : EventSearchTests(new SqliteFixture());

public sealed class EventSearchTestsOnPostgres() : EventSearchTests(new PostgresFixture());
