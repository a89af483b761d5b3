using System.Net;
using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Core.Review;
using Dossier.Server.Tests.Support;
using static Dossier.Server.Tests.Review.ReviewGround;

namespace Dossier.Server.Tests.Review;

public sealed class FourEyesTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Under_the_rule_not_even_an_administrator_moves_a_version_to_Production_alone(Database database)
    {
        await using var ground = await StartAsync(database);
        Good(await SetRuleAsync(ground.With(PermissionLevel.CanManage)));
        var (editor, production) = (ground.With(PermissionLevel.CanEdit), ground.With(PermissionLevel.CanManageProductionVersions));
        var version = await ground.VersionAsync(creator: editor);

        foreach (var path in (string[])["model-versions/transition-stage", "databricks/model-versions/transition-stage"])
        {
            var direct = await PostAsync(ground.Admin, path, version, "Production");
            Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (direct.Status, direct.ErrorCode));
            Assert.Contains("transition-requests/create", direct.Message, StringComparison.Ordinal);
        }

        Good(await RequestAsync(ground.Admin, version, "Production"));
        Assert.Equal(["root Production CANCEL,REJECT"], await OpenAsync(ground.Admin, version));
        Assert.Contains("root has asked for it", (await PostAsync(ground.Admin, "transition-requests/approve", version, "Production")).Message, StringComparison.Ordinal);
        Assert.Equal("None", await ground.StageAsync(version));

        Assert.Equal(["root Production APPROVE,REJECT"], await OpenAsync(production, version));
        Good(await PostAsync(production, "transition-requests/approve", version, "Production"));
        Assert.Equal("Production", await ground.StageAsync(version));
        await ground.PutAsync(version, "Archived");
    }

    [Fact]
    public async Task Who_created_the_version_does_not_approve_it()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        Good(await SetRuleAsync(ground.Admin));
        var creator = ground.With(PermissionLevel.CanManageProductionVersions);
        var version = await ground.VersionAsync(creator: creator);
        Good(await RequestAsync(ground.With(PermissionLevel.CanRead), version, "Production"));
        Assert.Equal(["CanRead Production REJECT"], await OpenAsync(creator, version));
        Assert.Contains("created the version", (await PostAsync(creator, "transition-requests/approve", version, "Production")).Message, StringComparison.Ordinal);
        Good(await PostAsync(ground.With(PermissionLevel.CanManage), "transition-requests/approve", version, "Production"));
    }

    [Fact]
    public async Task The_rule_is_made_and_ended_by_managers_alone()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        foreach (var level in Levels)
        {
            var who = ground.With(level);
            Assert.Equal(level == PermissionLevel.CanManage, (await SetRuleAsync(who)).Status == HttpStatusCode.OK);
            Good(await SetRuleAsync(ground.Admin));
            Assert.Equal(level == PermissionLevel.CanManage, (await DeleteRuleAsync(who)).Status == HttpStatusCode.OK);
            Good(await DeleteRuleAsync(ground.Admin));
            if (level >= PermissionLevel.CanEdit)
            {
                Good(await who.PostAsync("registered-models/set-tag", """{"name": "m", "key": "team", "value": "vision"}"""));
            }
        }

        foreach (var value in (string[])["Staging", "production", "", "true"])
        {
            Assert.Equal("INVALID_PARAMETER_VALUE", (await SetRuleAsync(ground.Admin, value)).ErrorCode);
            var made = await ground.Admin.PostAsync(
                "registered-models/create", JsonSerializer.Serialize(new { name = "n", tags = new[] { new { key = FourEyes.Tag, value } } }));
            Assert.Equal("INVALID_PARAMETER_VALUE", made.ErrorCode);
        }
    }

    private static Task<Answer> SetRuleAsync(Api who, string value = "Production") =>
        who.PostAsync("registered-models/set-tag", JsonSerializer.Serialize(new { name = Model, key = FourEyes.Tag, value }));

    private static Task<Answer> DeleteRuleAsync(Api who) =>
        who.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/registered-models/delete-tag?name=m&key={FourEyes.Tag}");
}
