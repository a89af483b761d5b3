using System.Net;
using CsCheck;
using Dossier.Core.Access;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

/// <summary>By no sequence of permission calls does anybody raise anyone, himself included, on what he does not manage.</summary>
public abstract class EscalationTests(SharedServer shared)
{
    private const int Sequences = 25;
    private static readonly string[] Names = ["ann", "bob", "cid", "dora"];
    private static readonly string[] Levels = ["NO_PERMISSIONS", "CAN_READ", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE_STAGING_VERSIONS", "CAN_MANAGE"];
    private readonly RunningServer _server = shared.Server;

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, Names.Length - 1],
        Gen.Int[0, 3],
        Gen.Bool,
        Gen.Select(Gen.Int[0, Names.Length + 1], Gen.Int[0, Levels.Length - 1].Select(level => Levels[level])).Array[0, 3],
        (actor, target, replace, grants) => new Step(actor, target, replace, grants)).Array[1, 12];

    [Fact]
    public async Task Nobody_raises_anyone_on_what_he_does_not_manage()
    {
        var people = new List<Person>();
        foreach (var name in Names)
        {
            people.Add(await _server.UserAsync(name));
        }

        // Dora is in the group alone, by way of another.
        var inner = await _server.GroupAsync("inner", people[3].Id);
        await _server.GroupAsync("data", inner);
        var folder = await people[0].DirectoryAsync($"/Users/{Names[0]}/shared");
        string[] targets = [folder, await people[0].ExperimentAsync($"/Users/{Names[0]}/shared/e"), await people[1].ModelAsync("m"), "registered-models/root"];
        await people[0].PatchAsync(folder, "group:data=CAN_EDIT", "user:bob=CAN_READ");

        var (done, refused, before) = (0, 0, await LevelsAsync(people, targets));
        await Steps.SampleAsync(
            async steps =>
            {
                foreach (var step in steps)
                {
                    var call = await (step.Replace
                        ? people[step.Actor].PutAsync(targets[step.Target], step.Requests)
                        : people[step.Actor].PatchAsync(targets[step.Target], step.Requests));
                    var after = await LevelsAsync(people, targets);
                    if (call.Status == HttpStatusCode.OK)
                    {
                        done++;
                        Assert.Equal(PermissionLevel.CanManage, before[step.Actor, step.Target]);
                        Assert.Equal(PermissionLevel.CanManage, after[step.Actor, step.Target]);
                    }
                    else
                    {
                        refused++;
                    }

                    foreach (var (person, target) in from person in Enumerable.Range(0, people.Count) from target in Enumerable.Range(0, targets.Length) select (person, target))
                    {
                        var allowed = call.Status == HttpStatusCode.OK && before[step.Actor, target] == PermissionLevel.CanManage;
                        Assert.True(allowed || after[person, target] == before[person, target], $"{step} by {people[step.Actor].Name} on {targets[step.Target]} ({call}) changed {people[person].Name} on {targets[target]} from {before[person, target]} to {after[person, target]}");
                    }

                    before = after;
                }
            },
            iter: Sequences,
            threads: 1);

        Assert.InRange(done, 10, int.MaxValue);
        Assert.InRange(refused, 10, int.MaxValue);
    }

    private async Task<PermissionLevel[,]> LevelsAsync(List<Person> people, string[] targets)
    {
        var (store, cancel) = (_server.Server.Store, TestContext.Current.CancellationToken);
        var levels = new PermissionLevel[people.Count, targets.Length];
        for (var person = 0; person < people.Count; person++)
        {
            var caller = await store.Identity.FindCallerAsync(people[person].Id, cancel);
            for (var target = 0; target < targets.Length; target++)
            {
                var (type, id) = (targets[target].Split('/')[0], targets[target].Split('/')[1]);
                levels[person, target] = (await store.Access.FindLevelAsync(ObjectKinds.Typed(type, id), caller!.PrincipalIds, cancel))!.Value;
            }
        }

        return levels;
    }

    private sealed record Step(int Actor, int Target, bool Replace, (int Principal, string Level)[] Grants)
    {
        public string[] Requests => [.. Grants.Select(grant => $"{Principal(grant.Principal)}={grant.Level}")];

        public override string ToString() => $"{(Replace ? "PUT" : "PATCH")} {string.Join(", ", Requests)}";

        private static string Principal(int index) => index < Names.Length ? $"user:{Names[index]}" : index == Names.Length ? "group:data" : "group:users";
    }
}

public sealed class EscalationTestsOnSqlite(SignedInServer shared) : EscalationTests(shared), IClassFixture<SignedInServer>;

public sealed class EscalationTestsOnPostgres(SignedInPostgresServer shared) : EscalationTests(shared), IClassFixture<SignedInPostgresServer>;
