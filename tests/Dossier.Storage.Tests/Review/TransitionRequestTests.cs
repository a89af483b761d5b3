using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Review;

public abstract class TransitionRequestTests(StoreFixture fixture) : ReviewTests(fixture)
{
    private const PermissionLevel Production = PermissionLevel.CanManageProductionVersions;

    [Fact]
    public async Task A_request_is_open_until_it_is_decided_and_moves_nothing_by_itself()
    {
        await CreateAsync();
        var request = (await RequestAsync("bo", "Production", comment: "please")).Requests.Single();
        Assert.Equal(("bo", "REQUESTED_TRANSITION", "None", "Production", "please"), (request.UserId, request.ActivityType, request.FromStage, request.ToStage, request.Comment));
        Assert.Equal("None", await StageAsync());
        Assert.Equal(request, (await Review.GetAsync(Model, 1, default)).Requests.Single());
        Assert.Equal(
            """transition_request.create|bo|{"changes":[{"field":"stage","from":"None","to":"Production"},{"field":"comment","from":null,"to":"please"}]}""",
            (await EventsOfAsync("pcb/1"))[^1]);
    }

    [Fact]
    public async Task The_same_request_is_made_once_and_those_of_others_and_for_other_stages_beside_it()
    {
        await CreateAsync(2);
        await RequestAsync("bo", "Staging");
        Assert.Equal(
            "bo already has an open request to move version 1 of registered model 'pcb' to Staging: cancel it before creating another.",
            await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => RequestAsync("bo", "Staging")));
        await RequestAsync("cy", "Staging");
        await RequestAsync("bo", "Production");
        await RequestAsync("bo", "Staging", version: 2);
        Assert.Equal(["bo Staging", "cy Staging", "bo Production"], (await Review.GetAsync(Model, 1, default)).Requests.Select(request => $"{request.UserId} {request.ToStage}"));
        Assert.Equal(3, (await HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_request_for_the_stage_that_the_version_is_in_is_refused()
    {
        await CreateAsync();
        Assert.Contains("is already in the stage None", await RefusedAsync(ErrorCode.InvalidParameterValue, () => RequestAsync("bo", "None")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approving_moves_the_version_and_closes_every_request_for_that_stage()
    {
        await CreateAsync(2);
        await MoveAsync(Model, 2, "Staging", false, At(5));
        await RequestAsync("bo", "Staging");
        await RequestAsync("cy", "Staging");
        await RequestAsync("cy", "Production");

        var approved = await Review.ApproveAsync(
            To("Staging", 1, "fine", archiveExisting: true), Reviewer("di", PermissionLevel.CanManageStagingVersions), By("di"), default);

        Assert.Equal(("APPROVED_REQUEST", "di", "None", "Staging", "Requested by bo."), (approved.ActivityType, approved.UserId, approved.FromStage, approved.ToStage, approved.SystemComment));
        Assert.Equal(("Staging", "Archived"), (await StageAsync(), await StageAsync(2)));
        Assert.Equal(["Production"], (await Review.GetAsync(Model, 1, default)).Requests.Select(request => request.ToStage));
        Assert.Equal(
            ["APPROVED_REQUEST di None→Staging \"fine\" [Requested by bo.]", "APPROVED_REQUEST di None→Staging \"fine\" [Requested by cy.]"], (await HistoryAsync())[^2..]);
        Assert.Equal(
            [
                """model_version.transition_stage|di|{"changes":[{"field":"current_stage","from":"None","to":"Staging"},{"field":"comment","from":null,"to":"fine"}]}""",
                """transition_request.approve|di|{"changes":[{"field":"stage","from":"None","to":"Staging"},{"field":"creator","from":"bo","to":null},{"field":"comment","from":null,"to":"fine"}]}""",
                """transition_request.approve|di|{"changes":[{"field":"stage","from":"None","to":"Staging"},{"field":"creator","from":"cy","to":null},{"field":"comment","from":null,"to":"fine"}]}""",
            ],
            (await EventsOfAsync("pcb/1"))[^3..]);
    }

    [Fact]
    public async Task Rejecting_closes_every_request_for_that_stage_and_moves_nothing()
    {
        await CreateAsync();
        await RequestAsync("bo", "Production");
        await RequestAsync("cy", "Production");
        await Review.RejectAsync(To("Production", 1, "no"), Reviewer("di", Production), By("di"), default);
        Assert.Equal("None", await StageAsync());
        Assert.Empty((await Review.GetAsync(Model, 1, default)).Requests);
        Assert.Equal("REJECTED_REQUEST di None→Production \"no\" [Requested by cy.]", (await HistoryAsync())[^1]);
        Assert.StartsWith("transition_request.reject|di|", (await EventsOfAsync("pcb/1"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_about_Production_needs_that_level_by_the_stage_that_the_version_has_then()
    {
        await CreateAsync();
        const PermissionLevel Staging = PermissionLevel.CanManageStagingVersions;
        await RequestAsync("bo", "Production");
        await RefusedAsync(ErrorCode.PermissionDenied, () => ApproveAsync("di", "Production", Staging));
        await RefusedAsync(ErrorCode.PermissionDenied, () => Review.RejectAsync(To("Production"), Reviewer("di", Staging), By("di"), default));

        await RequestAsync("bo", "Archived");
        await MoveAsync(Model, 1, "Production", false, At(5));
        await RefusedAsync(ErrorCode.PermissionDenied, () => ApproveAsync("di", "Archived", Staging));
        Assert.Equal(2, (await Review.GetAsync(Model, 1, default)).Requests.Count);
        await ApproveAsync("di", "Archived");
        Assert.Equal("Archived", await StageAsync());
    }

    [Fact]
    public async Task Nothing_is_decided_where_nobody_has_asked()
    {
        await CreateAsync();
        await RequestAsync("bo", "Staging");
        Assert.Equal(
            "No open request to move version 1 of registered model 'pcb' to Production found.",
            await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => ApproveAsync("di", "Production")));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Review.RejectAsync(To("Archived"), Reviewer("di", Production), By("di"), default));
        Assert.Equal("None", await StageAsync());
    }

    [Fact]
    public async Task A_request_is_cancelled_by_its_creator_or_by_a_manager()
    {
        await CreateAsync();
        await RequestAsync("bo", "Staging");
        await RequestAsync("cy", "Staging");
        Task<Activity> CancelAsync(string creator, string name, PermissionLevel level) =>
            Review.CancelAsync(To("Staging"), creator, Reviewer(name, level), By(name), default);

        await RefusedAsync(ErrorCode.PermissionDenied, () => CancelAsync("bo", "cy", Production));
        Assert.Equal("CANCELLED_REQUEST", (await CancelAsync("bo", "bo", PermissionLevel.CanRead)).ActivityType);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => CancelAsync("bo", "bo", PermissionLevel.CanRead));
        Assert.Equal("di", (await CancelAsync("cy", "di", PermissionLevel.CanManage)).UserId);
        Assert.Empty((await Review.GetAsync(Model, 1, default)).Requests);
        await RequestAsync("bo", "Staging");
        Assert.Equal(
            """transition_request.cancel|di|{"changes":[{"field":"stage","from":"None","to":"Staging"},{"field":"creator","from":"cy","to":null}]}""",
            (await EventsOfAsync("pcb/1"))[^2]);
    }

    [Fact]
    public async Task What_is_deleted_takes_its_open_requests_along_and_says_so()
    {
        await CreateAsync(2);
        await RequestAsync("bo", "Staging");
        await Store.Registry.DeleteVersionAsync(Model, 1, At(6), default);
        Assert.Equal("CANCELLED_REQUEST ada None→Staging [Requested by bo; the version was deleted.]", (await HistoryAsync())[^1]);

        await RequestAsync("bo", "Staging", version: 2);
        await Store.Registry.DeleteModelAsync(Model, At(7), default);
        Assert.Equal("CANCELLED_REQUEST ada None→Staging [Requested by bo; the version was deleted.]", (await HistoryAsync(2))[^1]);

        await CreateAsync(2);
        Assert.Empty((await Review.GetAsync(Model, 2, default)).Requests);
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_one_does()
    {
        await CreateAsync();
        await RequestAsync("bo", "Production");
        var errors = await AtOnceAsync(16, i => i % 2 == 0
            ? ApproveAsync($"approver{i}", "Production")
            : Review.RejectAsync(To("Production"), Reviewer($"rejecter{i}", Production), By($"rejecter{i}"), default));
        Assert.Equal(15, errors.Count(error => error?.ErrorCode == ErrorCode.ResourceDoesNotExist));
        Assert.Equal(2, (await HistoryAsync()).Count);
    }

    [Fact]
    public async Task Of_many_same_requests_at_once_one_is_made()
    {
        await CreateAsync();
        var errors = await AtOnceAsync(16, _ => RequestAsync("bo", "Staging"));
        Assert.Equal(15, errors.Count(error => error?.ErrorCode == ErrorCode.ResourceAlreadyExists));
        Assert.Single(await HistoryAsync());
    }

    [Fact]
    public async Task A_version_that_is_deleted_while_it_is_approved_is_gone_with_all_requests()
    {
        await CreateAsync(8);
        for (var version = 1; version <= 8; version++)
        {
            await RequestAsync("bo", "Staging", version);
            var number = version;
            var errors = await AtOnceAsync(2, async i =>
            {
                if (i == 0)
                {
                    await ApproveAsync("di", "Staging", version: number);
                }
                else
                {
                    await Store.Registry.DeleteVersionAsync(Model, number, At(9), default);
                }
            });
            Assert.Null(errors[1]);
            Assert.True(errors[0]?.ErrorCode is null or ErrorCode.ResourceDoesNotExist);
            Assert.Null(await Store.Registry.GetVersionAsync(Model, number, default));
            Assert.StartsWith(errors[0] is null ? "APPROVED_REQUEST" : "CANCELLED_REQUEST", (await HistoryAsync(number))[^1], StringComparison.Ordinal);
        }
    }

    private static Task<ProtocolException?[]> AtOnceAsync(int count, Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
    {
        try
        {
            await Task.Run(() => act(i));
            return null;
        }
        catch (ProtocolException refusal)
        {
            return refusal;
        }
    }));
}

public sealed class SqliteTransitionRequestTests() : TransitionRequestTests(new SqliteFixture());

public sealed class PostgresTransitionRequestTests() : TransitionRequestTests(new PostgresFixture());
