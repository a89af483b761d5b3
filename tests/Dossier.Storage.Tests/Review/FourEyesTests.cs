using Dossier.Core.Access;
using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Review;

public abstract class FourEyesTests(StoreFixture fixture) : ReviewTests(fixture)
{
    [Fact]
    public async Task A_version_enters_Production_only_by_a_request_that_somebody_else_approves()
    {
        await CreateAsync(fourEyes: true);
        Assert.Contains("four-eyes", await RefusedAsync(ErrorCode.PermissionDenied, () => MoveAsync(Model, 1, "Production", false, At(5))), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => ApproveAsync("di", "Production", PermissionLevel.CanManage));

        await RequestAsync("bo", "Production");
        Assert.Contains(
            "bo has asked for it", await RefusedAsync(ErrorCode.PermissionDenied, () => ApproveAsync("bo", "Production", PermissionLevel.CanManage)), StringComparison.Ordinal);
        await ApproveAsync("di", "Production");
        Assert.Equal("Production", await StageAsync());
    }

    [Fact]
    public async Task Who_created_the_version_does_not_approve_it_whoever_asked()
    {
        await CreateAsync(fourEyes: true);
        await RequestAsync("bo", "Production");
        foreach (var ada in (string[])["ada", "ADA"])
        {
            var message = await RefusedAsync(ErrorCode.PermissionDenied, () => ApproveAsync(ada, "Production", PermissionLevel.CanManage));
            Assert.Contains($"{ada} created the version", message, StringComparison.Ordinal);
        }

        Assert.Equal("None", await StageAsync());
        Assert.Single((await Review.GetAsync(Model, 1, default)).Requests);
    }

    [Fact]
    public async Task Another_request_does_not_let_somebody_approve_the_own_one()
    {
        await CreateAsync(fourEyes: true);
        await RequestAsync("bo", "Production");
        await RequestAsync("cy", "Production");
        await RefusedAsync(ErrorCode.PermissionDenied, () => ApproveAsync("cy", "Production"));
        await Review.CancelAsync(To("Production"), "cy", Reviewer("cy", PermissionLevel.CanRead), By("cy"), default);
        await ApproveAsync("cy", "Production");
        Assert.Equal("Production", await StageAsync());
    }

    [Fact]
    public async Task Other_stages_and_the_way_out_of_Production_are_free()
    {
        await CreateAsync(2, fourEyes: true);
        await MoveAsync(Model, 1, "Staging", false, At(5));
        await RequestAsync("bo", "Production");
        await ApproveAsync("di", "Production");
        await MoveAsync(Model, 1, "Production", true, At(6));
        await MoveAsync(Model, 1, "Archived", false, At(7));
        await RequestAsync("bo", "Staging", 2);
        await ApproveAsync("bo", "Staging", version: 2);
        Assert.Equal(("Archived", "Staging"), (await StageAsync(), await StageAsync(2)));
    }

    [Fact]
    public async Task The_rule_holds_as_long_as_the_tag_is_there()
    {
        await CreateAsync();
        await Store.Registry.SetModelTagAsync(Model, FourEyes.Tag, FourEyes.Stage, At(2), default);
        await RefusedAsync(ErrorCode.PermissionDenied, () => MoveAsync(Model, 1, "Production", false, At(5)));
        await Store.Registry.SetModelTagAsync(Model, FourEyes.Tag, null, At(6), default);
        await MoveAsync(Model, 1, "Production", false, At(7));
        Assert.Equal(
            """registered_model.delete_tag|ada|{"changes":[{"field":"tags.dossier.four_eyes","from":"Production","to":null}]}""", (await EventsOfAsync(Model))[^1]);
    }
}

public sealed class SqliteFourEyesTests() : FourEyesTests(new SqliteFixture());

public sealed class PostgresFourEyesTests() : FourEyesTests(new PostgresFixture());
