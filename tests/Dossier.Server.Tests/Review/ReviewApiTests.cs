using System.Net;
using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Server.Tests.Support;
using static Dossier.Server.Tests.Review.ReviewGround;

namespace Dossier.Server.Tests.Review;

/// <summary>The review's routes as clients of Databricks call them.</summary>
public sealed class ReviewApiTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_request_and_its_approval_have_the_fields_that_clients_know(Database database)
    {
        await using var ground = await StartAsync(database);
        var version = await ground.VersionAsync();
        var created = Good(await ground.With(PermissionLevel.CanRead).PostAsync(
            "transition-requests/create", $$"""{"name": "m", "version": "{{version}}", "stage": "production", "comment": "please"}""")).GetProperty("request");
        Assert.Equal(
            """{"activity_type":"REQUESTED_TRANSITION","available_actions":["CANCEL_TRANSITION_REQUEST"],"comment":"please","from_stage":"None","to_stage":"Production","user_id":"CanRead"}""",
            Stable(created));

        var approved = Good(await PostAsync(ground.Admin, "transition-requests/approve", version, "Production", archiveExisting: true, "fine")).GetProperty("activity");
        Assert.Equal(
            """{"activity_type":"APPROVED_REQUEST","comment":"fine","from_stage":"None","system_comment":"Requested by CanRead.","to_stage":"Production","user_id":"root"}""",
            Stable(approved));
        Assert.Equal("{}", (await ground.Admin.GetAsync($"transition-requests/list?name=m&version={version}")).Body);
    }

    [Fact]
    public async Task A_direct_move_tells_the_callers_level_and_the_open_requests()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        var version = await ground.VersionAsync();
        Good(await RequestAsync(ground.Admin, version, "Production"));
        var moved = Good(await PostAsync(
            ground.With(PermissionLevel.CanManageStagingVersions), "databricks/model-versions/transition-stage", version, "Staging", comment: "try")).GetProperty("model_version_databricks");
        Assert.Equal("Staging", moved.GetProperty("current_stage").GetString());
        Assert.Equal("CAN_MANAGE_STAGING_VERSIONS", moved.GetProperty("permission_level").GetString());
        Assert.Equal("Production", moved.GetProperty("open_requests")[0].GetProperty("to_stage").GetString());

        var plain = Good(await PostAsync(ground.Admin, "model-versions/transition-stage", version, "Staging")).GetProperty("model_version");
        Assert.False(plain.TryGetProperty("permission_level", out _) || plain.TryGetProperty("open_requests", out _));
    }

    [Fact]
    public async Task The_history_shows_each_viewer_what_may_be_done()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        var (reader, version) = (ground.With(PermissionLevel.CanRead), await ground.VersionAsync());
        Good(await reader.PostAsync("comments/create", $$"""{"name": "m", "version": "{{version}}", "comment": "hm"}"""));
        Good(await RequestAsync(reader, version, "Staging"));
        Good(await PostAsync(ground.Admin, "model-versions/transition-stage", version, "Archived"));

        async Task<string[]> SeenByAsync(Api who) =>
        [
            .. Good(await who.GetAsync($"activities/list?name=m&version={version}")).GetProperty("activities").EnumerateArray()
                .Select(activity => $"{activity.GetProperty("activity_type")} {Actions(activity)}".TrimEnd()),
        ];
        Assert.Equal(["APPLIED_TRANSITION", "REQUESTED_TRANSITION CANCEL", "NEW_COMMENT EDIT,DELETE"], await SeenByAsync(reader));
        Assert.Equal(
            ["APPLIED_TRANSITION", "REQUESTED_TRANSITION APPROVE,REJECT", "NEW_COMMENT"], await SeenByAsync(ground.With(PermissionLevel.CanManageStagingVersions)));
        Assert.Equal(["APPLIED_TRANSITION", "REQUESTED_TRANSITION CANCEL,APPROVE,REJECT", "NEW_COMMENT DELETE"], await SeenByAsync(ground.Admin));

        var first = Good(await reader.GetAsync($"activities/list?name=m&version={version}&max_results=2"));
        var token = Uri.EscapeDataString(first.GetProperty("next_page_token").GetString()!);
        Assert.Equal(1, Good(await reader.GetAsync($"activities/list?name=m&version={version}&max_results=2&page_token={token}")).GetProperty("activities").GetArrayLength());
        Assert.Equal("INVALID_PARAMETER_VALUE", (await reader.GetAsync($"activities/list?name=m&version={version}&page_token=x")).ErrorCode);
    }

    [Fact]
    public async Task A_comment_is_its_authors_and_not_seen_by_strangers()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        var (author, version) = (ground.With(PermissionLevel.CanRead), await ground.VersionAsync());
        var id = Good(await author.PostAsync("comments/create", $$"""{"name": "m", "version": "{{version}}", "comment": "hm"}""")).GetProperty("comment").GetProperty("id").GetString()!;
        Task<Answer> EditAsync(Api who) => who.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/comments/update", $$"""{"id": "{{id}}", "comment": "aha"}""");
        Task<Answer> DeleteAsync(Api who) => who.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/comments/delete?id={id}");

        foreach (var level in Levels.Where(level => level != PermissionLevel.CanRead))
        {
            var refused = await EditAsync(ground.With(level));
            Assert.Equal(level < PermissionLevel.CanRead ? "RESOURCE_DOES_NOT_EXIST" : "PERMISSION_DENIED", refused.ErrorCode);
            if (level < PermissionLevel.CanManage)
            {
                Assert.Equal(refused.ErrorCode, (await DeleteAsync(ground.With(level))).ErrorCode);
            }
        }

        var stranger = await EditAsync(ground.With(PermissionLevel.NoPermissions));
        Assert.Equal($"Comment with id={id} not found", stranger.Message);
        Assert.Equal("aha", Good(await EditAsync(author)).GetProperty("comment").GetProperty("comment").GetString());
        Good(await DeleteAsync(ground.With(PermissionLevel.CanManage)));
        Assert.Equal((await EditAsync(author)).Message, stranger.Message);
    }

    [Theory]
    [InlineData("transition-requests/create", """{"name": "m", "version": "1"}""", "'stage'")]
    [InlineData("transition-requests/create", """{"name": "m", "version": "1", "stage": "Best"}""", "None, Staging, Production, Archived")]
    [InlineData("transition-requests/create", """{"name": "m", "version": "x", "stage": "Staging"}""", "'version'")]
    [InlineData("transition-requests/approve", """{"name": "m", "version": "1", "stage": "Staging"}""", "'archive_existing_versions'")]
    [InlineData("transition-requests/approve", """{"name": "m", "version": "1", "stage": "Archived", "archive_existing_versions": true}""", "not an active stage")]
    [InlineData("comments/create", """{"name": "m", "version": "1"}""", "'comment'")]
    [InlineData("comments/create", """{"name": "m", "version": "1", "comment": ""}""", "'comment'")]
    public async Task What_is_wrong_with_a_message_is_said(string path, string body, string said)
    {
        await using var ground = await StartAsync(Database.Sqlite);
        await ground.VersionAsync();
        var answer = await ground.Admin.PostAsync(path, body);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains(said, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_may_be_as_long_as_on_Databricks_and_no_longer()
    {
        await using var ground = await StartAsync(Database.Sqlite);
        var version = await ground.VersionAsync();
        Task<Answer> CommentAsync(int length) =>
            ground.Admin.PostAsync("comments/create", JsonSerializer.Serialize(new { name = Model, version, comment = new string('é', length) }));
        Good(await CommentAsync(65_535));
        Assert.Contains("at most 65535", (await CommentAsync(65_536)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task The_history_of_what_was_deleted_is_kept_for_those_who_may_read_it(Database database)
    {
        await using var ground = await StartAsync(database);
        var version = await ground.VersionAsync("Production");
        var reader = ground.With(PermissionLevel.CanRead);
        Good(await ground.Admin.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/model-versions/delete?name=m&version={version}"));
        var kept = Good(await reader.GetAsync($"activities/list?name=m&version={version}")).GetProperty("activities");
        Assert.Equal("APPLIED_TRANSITION", kept[0].GetProperty("activity_type").GetString());

        Good(await ground.Admin.SendAsync(HttpMethod.Delete, "/api/2.0/mlflow/registered-models/delete?name=m"));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"activities/list?name=m&version={version}")).Status);
        Assert.Equal(1, Good(await ground.Admin.GetAsync($"activities/list?name=m&version={version}")).GetProperty("activities").GetArrayLength());

        // Whoever takes the name does not take the history.
        Good(await reader.PostAsync("registered-models/create", """{"name": "m"}"""));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"activities/list?name=m&version={version}")).Status);
    }

    // Without ids and times, members by name.
    private static string Stable(JsonElement activity) => "{" + string.Join(',', activity.EnumerateObject()
        .Where(member => member.Name is not ("id" or "creation_timestamp" or "last_updated_timestamp"))
        .OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}")) + "}";
}
