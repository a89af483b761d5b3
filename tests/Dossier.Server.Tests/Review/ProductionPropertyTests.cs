using CsCheck;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Tests.Support;
using static Dossier.Server.Tests.Review.ReviewGround;

namespace Dossier.Server.Tests.Review;

/// <summary>Whatever somebody without CAN_MANAGE_PRODUCTION_VERSIONS sends, no version enters or leaves Production.</summary>
public sealed class ProductionPropertyTests
{
    private static readonly string[] Paths =
    [
        "model-versions/transition-stage", "databricks/model-versions/transition-stage", "transition-requests/create", "transition-requests/approve",
        "transition-requests/reject", "cancel", "delete", "tag", "alias", "rename",
    ];

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, Paths.Length - 1], Gen.Int[0, ModelStage.All.Count - 1], Gen.Int[1, 4], Gen.Bool,
        static (who, path, stage, version, archive) => new Step(who, Paths[path], ModelStage.All[stage], version, archive));

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Nobody_without_the_level_moves_a_version_into_or_out_of_Production(Database database)
    {
        await using var ground = await StartAsync(database);
        foreach (var stage in ModelStage.All)
        {
            var version = await ground.VersionAsync(stage);

            // Somebody else has asked for everything, so that there is something to approve.
            foreach (var other in ModelStage.All.Where(other => other != stage))
            {
                Good(await RequestAsync(ground.Admin, version, other));
            }
        }

        Api[] people = [ground.With(PermissionLevel.CanRead), ground.With(PermissionLevel.CanEdit), ground.With(PermissionLevel.CanManageStagingVersions)];
        var before = await InProductionAsync(ground);
        await Steps.Array[1, 12].SampleAsync(
            async steps =>
            {
                foreach (var step in steps)
                {
                    await SendAsync(people[step.Who], step);
                }

                Assert.Equal(before, await InProductionAsync(ground));
            },
            iter: 40,
            threads: 1);
        Assert.Equal(["3"], before);
    }

    private static Task<Answer> SendAsync(Api who, Step step) => step.Path switch
    {
        "cancel" => CancelAsync(who, $"{step.Version}", step.Stage, step.ArchiveExisting ? "root" : null),
        "delete" => who.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/model-versions/delete?name=m&version={step.Version}"),
        "tag" => who.PostAsync("model-versions/set-tag", $$"""{"name": "m", "version": "{{step.Version}}", "key": "current_stage", "value": "{{step.Stage}}"}"""),
        "alias" => who.PostAsync("registered-models/alias", $$"""{"name": "m", "version": "{{step.Version}}", "alias": "{{step.Stage}}"}"""),
        "rename" => who.PostAsync("registered-models/rename", """{"name": "m", "new_name": "n"}"""),
        _ => PostAsync(who, step.Path, $"{step.Version}", step.Stage, step.ArchiveExisting && step.Stage is "Staging" or "Production"),
    };

    private static async Task<string[]> InProductionAsync(ReviewGround ground) =>
    [
        .. Good(await ground.Admin.GetAsync("model-versions/search?filter=name%3D'm'")).GetProperty("model_versions").EnumerateArray()
            .Where(version => version.GetProperty("current_stage").GetString() == ModelStage.Production).Select(version => version.GetProperty("version").GetString()!).Order(),
    ];

    private sealed record Step(int Who, string Path, string Stage, int Version, bool ArchiveExisting);
}
