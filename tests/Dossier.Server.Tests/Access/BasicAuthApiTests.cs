using System.Net;
using Dossier.Core.Access;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

/// <summary>Users and permissions as the protocol's Python client for basic authentication manages them, request by request.</summary>
public sealed class BasicAuthApiTests
{
    private const string Password = "correct horse";

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_user_is_created_signs_in_becomes_administrator_and_is_deleted(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var created = await server.PostAsync("users/create", """{"username": "ann", "password": "correct horse"}""");
        var id = created.Json.GetProperty("user").GetProperty("id").GetInt64();
        Assert.Equal(
            $$$"""{"user":{"id":{{{id}}},"username":"ann","is_admin":false,"experiment_permissions":[],"registered_model_permissions":[],"scorer_permissions":[]}}""", created.Body);
        var ann = server.WithPassword("ann", Password);
        Assert.Equal(created.Body, (await ann.GetAsync("users/get?username=ann")).Body);
        Denied(await ann.GetAsync("users/get?username=root"));
        Denied(await ann.GetAsync("users/get?username=nobody"));
        Denied(await ann.PostAsync("users/create", """{"username": "bob", "password": "correct horse"}"""));
        Denied(await ann.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-admin", """{"username": "ann", "is_admin": true}"""));

        Empty(await server.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-admin", """{"username": "ann", "is_admin": true}"""));
        Assert.True((await ann.GetAsync("users/get?username=ann")).Json.GetProperty("user").GetProperty("is_admin").GetBoolean());
        Empty(await ann.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-admin", """{"username": "ann", "is_admin": false}"""));
        Denied(await ann.GetAsync("users/get?username=root"));

        Empty(await server.SendAsync(HttpMethod.Delete, "/api/2.0/mlflow/users/delete", """{"username": "ann"}"""));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("users/get?username=ann")).Status);
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await server.GetAsync("users/get?username=ann")).ErrorCode);
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await server.SendAsync(HttpMethod.Delete, "/api/2.0/mlflow/users/delete", """{"username": "ann"}""")).ErrorCode);
    }

    [Fact]
    public async Task A_refused_password_leaves_no_user_behind_and_a_taken_name_is_refused()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        Assert.Equal("INVALID_PARAMETER_VALUE", (await server.PostAsync("users/create", """{"username": "ann", "password": "short"}""")).ErrorCode);
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await server.GetAsync("users/get?username=ann")).ErrorCode);
        Assert.Equal("INVALID_PARAMETER_VALUE", (await server.PostAsync("users/create", """{"username": "a/b", "password": "correct horse"}""")).ErrorCode);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("users/create", """{"username": "ann", "password": "correct horse"}""")).Status);
        Assert.Equal("RESOURCE_ALREADY_EXISTS", (await server.PostAsync("users/create", """{"username": "ANN", "password": "correct horse"}""")).ErrorCode);
    }

    [Fact]
    public async Task A_password_is_changed_by_its_owner_and_by_administrators_but_not_by_a_stolen_token()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        await server.PostAsync("users/create", """{"username": "ann", "password": "correct horse"}""");
        var ann = server.WithPassword("ann", Password);
        Empty(await ann.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-password", """{"username": "ann", "password": "battery staple"}"""));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("users/get?username=ann")).Status);
        var again = server.WithPassword("ann", "battery staple");
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("users/get?username=ann")).Status);
        Denied(await again.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-password", """{"username": "root", "password": "battery staple"}"""));

        var bob = await server.UserAsync("bob");
        Denied(await bob.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-password", """{"username": "bob", "password": "battery staple"}"""));
        Empty(await server.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-password", """{"username": "ann", "password": "another one"}"""));
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync("users/get?username=ann")).Status);

        await server.UserAsync("admin2", BuiltIn.AdminsId);
        var oneTime = (await server.SendAsync(HttpMethod.Post, "/api/2.0/password/set", """{"user_name": "admin2"}""")).Json.GetProperty("one_time_password").GetString()!;
        var admin2 = server.WithPassword("admin2", oneTime);
        Denied(await admin2.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-password", """{"username": "root", "password": "battery staple"}"""));
        Empty(await admin2.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-password", """{"username": "admin2", "password": "battery staple"}"""));
    }

    [Fact]
    public async Task An_administrator_through_a_group_does_not_stop_being_one_unnoticed()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var ann = await server.UserAsync("ann");
        var group = await server.GroupAsync("ops", ann.Id);
        await server.SendAsync(HttpMethod.Patch, "/api/2.0/preview/scim/v2/Groups/1", $$$"""{"Operations":[{"op":"add","path":"members","value":[{"value":"{{{group}}}"}]}]}""");
        Assert.Equal("INVALID_STATE", (await server.SendAsync(HttpMethod.Patch, "/api/2.0/mlflow/users/update-admin", """{"username": "ann", "is_admin": false}""")).ErrorCode);
        Assert.True((await ann.GetAsync("users/get?username=ann")).Json.GetProperty("user").GetProperty("is_admin").GetBoolean());
    }

    [Theory]
    [InlineData(Database.Sqlite, "experiments", "experiment_id", "experiment_permission")]
    [InlineData(Database.Postgres, "experiments", "experiment_id", "experiment_permission")]
    [InlineData(Database.Sqlite, "registered-models", "name", "registered_model_permission")]
    [InlineData(Database.Postgres, "registered-models", "name", "registered_model_permission")]
    public async Task A_permission_is_created_told_changed_and_deleted(Database database, string objects, string key, string answer)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var (ann, bob) = (await server.UserAsync("ann"), await server.UserAsync("bob"));
        var made = await ann.PostAsync($"{objects}/create", """{"name": "m"}""");
        var id = objects == "experiments" ? made.Json.GetProperty("experiment_id").GetString() : "m";
        var get = $"{objects}/get?{key}={id}";
        var path = $"{objects}/permissions/";
        string Body(string? permission) => $$"""{"{{key}}": "{{id}}", "username": "bob"{{(permission is null ? "" : $", \"permission\": \"{permission}\"")}}}""";
        Assert.NotEqual(HttpStatusCode.OK, (await bob.GetAsync(get)).Status);

        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await ann.GetAsync($"{path}get?{key}={id}&username=bob")).ErrorCode);
        var created = await ann.PostAsync(path + "create", Body("READ"));
        Assert.Equal($$$"""{"{{{answer}}}":{"{{{key}}}":"{{{id}}}","user_id":{{{bob.Id}}},"permission":"READ"}}""", created.Body);
        Assert.Equal(created.Body, (await ann.GetAsync($"{path}get?{key}={id}&username=bob")).Body);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(get)).Status);
        Assert.Equal("RESOURCE_ALREADY_EXISTS", (await ann.PostAsync(path + "create", Body("EDIT"))).ErrorCode);
        Assert.NotEqual(HttpStatusCode.OK, (await bob.PostAsync(path + "create", Body("MANAGE"))).Status);

        Empty(await ann.SendAsync(HttpMethod.Patch, $"/api/2.0/mlflow/{path}update", Body("MANAGE")));
        Assert.Equal("MANAGE", (await bob.GetAsync($"{path}get?{key}={id}&username=bob")).Json.GetProperty(answer).GetProperty("permission").GetString());
        var told = (await server.GetAsync("users/get?username=bob")).Json.GetProperty("user").GetProperty(answer + "s");
        Assert.Equal($$"""[{"{{key}}":"{{id}}","user_id":{{bob.Id}},"permission":"MANAGE"}]""", told.GetRawText());
        Assert.Equal("INVALID_PARAMETER_VALUE", (await ann.SendAsync(HttpMethod.Patch, $"/api/2.0/mlflow/{path}update", Body("OWN"))).ErrorCode);
        Empty(await ann.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/{path}delete", Body(null)));
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await ann.SendAsync(HttpMethod.Delete, $"/api/2.0/mlflow/{path}delete", Body(null))).ErrorCode);
        Assert.NotEqual(HttpStatusCode.OK, (await bob.GetAsync(get)).Status);
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await ann.SendAsync(HttpMethod.Patch, $"/api/2.0/mlflow/{path}update", Body("READ"))).ErrorCode);
    }

    private static void Denied(Answer answer) => Assert.True(answer.Status == HttpStatusCode.Forbidden && answer.ErrorCode == "PERMISSION_DENIED", answer.ToString());

    private static void Empty(Answer answer) => Assert.True(answer is { Status: HttpStatusCode.OK, Body: "{}" }, answer.ToString());
}
