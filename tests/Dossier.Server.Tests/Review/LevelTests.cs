using System.Net;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Tests.Support;
using static Dossier.Server.Tests.Review.ReviewGround;

namespace Dossier.Server.Tests.Review;

/// <summary>The table of levels: who moves which version where, who decides about requests, who sets which alias.</summary>
public sealed class LevelTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task From_every_stage_to_every_stage_exactly_those_move_a_version_who_may(Database database)
    {
        await using var ground = await StartAsync(database);
        var version = await ground.VersionAsync();
        var faults = new List<string>();
        foreach (var (from, to, level) in from f in ModelStage.All from t in ModelStage.All from l in Levels select (f, t, l))
        {
            foreach (var path in (string[])["model-versions/transition-stage", "databricks/model-versions/transition-stage"])
            {
                await ground.PutAsync(version, from);
                var answer = await PostAsync(ground.With(level), path, version, to);
                var isAsExpected = level >= Needed(from, to)
                    ? answer.Status == HttpStatusCode.OK && await ground.StageAsync(version) == to
                    : IsRefusal(answer, level) && await ground.StageAsync(version) == from;
                faults.AddRange(isAsExpected ? [] : [$"{level} {path} {from}→{to}: {answer}"]);
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task About_every_move_exactly_those_decide_who_may_make_it(Database database)
    {
        await using var ground = await StartAsync(database);
        var version = await ground.VersionAsync();
        var faults = new List<string>();
        foreach (var (from, to, level) in from f in ModelStage.All from t in ModelStage.All where t != f from l in Levels select (f, t, l))
        {
            foreach (var verb in (string[])["approve", "reject"])
            {
                await ground.PutAsync(version, from);
                Good(await RequestAsync(ground.Admin, version, to));
                var seen = level >= PermissionLevel.CanRead ? (await OpenAsync(ground.With(level), version)).Single() : "";
                var answer = await PostAsync(ground.With(level), $"transition-requests/{verb}", version, to);
                var may = level >= Needed(from, to);
                var isAsExpected = (may ? answer.Status == HttpStatusCode.OK : IsRefusal(answer, level))
                    && await ground.StageAsync(version) == (may && verb == "approve" ? to : from)
                    && seen.Contains(verb, StringComparison.OrdinalIgnoreCase) == may;
                faults.AddRange(isAsExpected ? [] : [$"{level} {verb} {from}→{to}, seen as '{seen}': {answer}"]);
                if (!may)
                {
                    Good(await CancelAsync(ground.Admin, version, to));
                }
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Who_reads_the_model_asks_comments_and_sees_the_history_and_nobody_else(Database database)
    {
        await using var ground = await StartAsync(database);
        foreach (var level in Levels)
        {
            var version = await ground.VersionAsync();
            var who = ground.With(level);
            Answer[] answers =
            [
                await RequestAsync(who, version, "Production"),
                await who.GetAsync($"transition-requests/list?name=m&version={version}"),
                await who.GetAsync($"activities/list?name=m&version={version}"),
                await who.PostAsync("comments/create", $$"""{"name": "m", "version": "{{version}}", "comment": "c"}"""),
            ];
            Assert.All(answers, answer => Assert.Equal(level >= PermissionLevel.CanRead ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.Status));
        }
    }

    [Fact]
    public async Task A_request_is_cancelled_by_its_creator_and_by_managers()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        var version = await ground.VersionAsync();
        var reader = ground.With(PermissionLevel.CanRead);
        foreach (var level in Levels)
        {
            Good(await RequestAsync(reader, version, "Staging"));
            var isManager = level == PermissionLevel.CanManage;
            var isCreator = level == PermissionLevel.CanRead;
            if (level >= PermissionLevel.CanRead)
            {
                Assert.Equal(isCreator || isManager, (await OpenAsync(ground.With(level), version)).Single().Contains("CANCEL", StringComparison.Ordinal));
            }

            var answer = await CancelAsync(ground.With(level), version, "Staging", reader.Name);
            Assert.Equal(isCreator || isManager, answer.Status == HttpStatusCode.OK);
            if (answer.Status != HttpStatusCode.OK)
            {
                Good(await CancelAsync(reader, version, "Staging"));
            }
        }
    }

    [Theory]
    [InlineData("best", PermissionLevel.CanManageStagingVersions)]
    [InlineData("champion", PermissionLevel.CanManageProductionVersions)]
    [InlineData("Production", PermissionLevel.CanManageProductionVersions)]
    public async Task Aliases_need_what_versions_in_such_a_stage_need(string alias, PermissionLevel needed)
    {
        await using var ground = await StartAsync(Database.Sqlite);
        var version = await ground.VersionAsync();
        foreach (var level in Levels)
        {
            var set = await ground.With(level).PostAsync("registered-models/alias", $$"""{"name": "m", "alias": "{{alias}}", "version": "{{version}}"}""");
            Assert.True(level >= needed ? set.Status == HttpStatusCode.OK : IsRefusal(set, level), $"{level}: {set}");
            Good(await ground.Admin.PostAsync("registered-models/alias", $$"""{"name": "m", "alias": "{{alias}}", "version": "{{version}}"}"""));
            var deleted = await ground.With(level).SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/registered-models/alias?name=m&alias={alias}");
            Assert.True(level >= needed ? deleted.Status == HttpStatusCode.OK : IsRefusal(deleted, level), $"{level}: {deleted}");
        }
    }

    [Fact]
    public async Task The_operator_says_which_aliases_are_protected()
    {
        await using var ground = await StartAsync(options => options with { ProtectedAliases = ["gold"] });
        var version = await ground.VersionAsync();
        var staging = ground.With(PermissionLevel.CanManageStagingVersions);
        Good(await staging.PostAsync("registered-models/alias", $$"""{"name": "m", "alias": "champion", "version": "{{version}}"}"""));
        var refused = await staging.PostAsync("registered-models/alias", $$"""{"name": "m", "alias": "GOLD", "version": "{{version}}"}""");
        Assert.Contains("CAN_MANAGE_PRODUCTION_VERSIONS", refused.Message, StringComparison.Ordinal);
    }

    private static PermissionLevel Needed(string from, string to) =>
        from == "Production" || to == "Production" ? PermissionLevel.CanManageProductionVersions : PermissionLevel.CanManageStagingVersions;

    // What somebody can't read isn't there.
    private static bool IsRefusal(Answer answer, PermissionLevel level) =>
        (answer.Status, answer.ErrorCode) == (level < PermissionLevel.CanRead ? (HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST") : (HttpStatusCode.Forbidden, "PERMISSION_DENIED"));
}
