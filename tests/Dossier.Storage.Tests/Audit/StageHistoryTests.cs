using CsCheck;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Audit;

public abstract class StageHistoryTests(StoreFixture fixture) : AuditTests(fixture)
{
    private enum Verb
    {
        Create,
        Transition,
        TransitionAlong,
        Delete,
        Rename,
        Recreate,
    }

    private static readonly Gen<(Verb Verb, int Version, string Stage)[]> Stories = Gen.Select(
        Gen.OneOf(Verb.Create, Verb.Create, Verb.Transition, Verb.Transition, Verb.Transition, Verb.TransitionAlong, Verb.TransitionAlong, Verb.Delete, Verb.Rename, Verb.Recreate),
        Gen.Int[1, 6], Gen.OneOf(ModelStage.All.ToArray())).Array[1, 40];

    [Fact]
    public async Task Which_versions_were_in_a_stage_at_any_time_is_what_a_replay_of_the_calls_says()
    {
        var story = 0;
        await Stories.SampleAsync(async steps =>
        {
            var name = $"m{story++}";
            var (states, stages, last) = (new List<SortedDictionary<int, (string, long)>>(), new SortedDictionary<int, (string Stage, long Since)>(), 0);
            await Store.Registry.CreateModelAsync(new() { Name = name }, At(0), default);
            states.Add(new(stages));
            for (var at = 1; at <= steps.Length; at++)
            {
                var (verb, version, stage) = steps[at - 1];
                switch (verb)
                {
                    case Verb.Create:
                        await Store.Registry.CreateVersionAsync(new() { Name = name, Source = "s" }, "s", At(at), default);
                        stages[++last] = ("None", at);
                        break;
                    case Verb.Transition or Verb.TransitionAlong when stages.ContainsKey(version):
                        var along = verb == Verb.TransitionAlong && stage is "Staging" or "Production";
                        await MoveAsync(name, version, stage, along, At(at));
                        foreach (var other in stages.Where(one => along && one.Value.Stage == stage && one.Key != version).Select(one => one.Key).ToList())
                        {
                            stages[other] = ("Archived", at);
                        }

                        stages[version] = stages[version].Stage == stage ? stages[version] : (stage, at);
                        break;
                    case Verb.Delete when stages.ContainsKey(version):
                        await Store.Registry.DeleteVersionAsync(name, version, At(at), default);
                        stages.Remove(version);
                        break;
                    case Verb.Rename:
                        await Store.Registry.RenameModelAsync(name, name += "x", At(at), default);
                        break;
                    case Verb.Recreate:
                        await Store.Registry.DeleteModelAsync(name, At(at), default);
                        await Store.Registry.CreateModelAsync(new() { Name = name }, At(at), default);
                        stages.Clear();
                        last = 0;
                        break;
                    default:
                        break;
                }

                states.Add(new(stages));
            }

            // Of a life before a model of the same name was created anew, only the names are left: see the test below.
            var from = Math.Max(0, Array.FindLastIndex(steps, step => step.Verb == Verb.Recreate) + 1);
            for (var at = from; at < states.Count; at++)
            {
                foreach (var stage in ModelStage.All)
                {
                    Assert.Equal(
                        states[at].Where(one => one.Value.Item1 == stage).Select(one => $"{one.Key} since {one.Value.Item2}"),
                        (await Audit.FindInStageAsync(name, stage, at, true, default))!.Select(one => $"{one.Version} since {one.Since}"));
                }
            }
        }, iter: 12, threads: 1);
    }

    [Fact]
    public async Task Before_a_model_had_its_name_the_one_that_had_it_is_meant()
    {
        Assert.Null(await Audit.FindInStageAsync("pcb", "Production", 100, true, default));
        await Store.Registry.CreateModelAsync(new() { Name = "pcb" }, At(1), default);
        await Store.Registry.CreateVersionAsync(new() { Name = "pcb", Source = "s" }, "s", At(2), default);
        await MoveAsync("pcb", 1, "Production", false, At(3));
        await Store.Registry.DeleteModelAsync("pcb", At(5), default);
        Assert.Equal(["1"], await InProductionAsync(4));
        Assert.Empty(await InProductionAsync(5));
        await Store.Registry.CreateModelAsync(new() { Name = "pcb" }, At(8), default);
        Assert.Equal(["1"], await InProductionAsync(4));
        Assert.Empty(await InProductionAsync(6));
        Assert.Empty(await InProductionAsync(9));
        Assert.Empty(await InProductionAsync(0));
    }

    private async Task<IEnumerable<string>> InProductionAsync(long at) => (await Audit.FindInStageAsync("pcb", "Production", at, true, default))!.Select(one => one.Version);
}

public sealed class StageHistoryTestsOnSqlite() : StageHistoryTests(new SqliteFixture());

public sealed class StageHistoryTestsOnPostgres() : StageHistoryTests(new PostgresFixture());
