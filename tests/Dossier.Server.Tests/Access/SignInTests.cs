using System.Net;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public sealed class SignInTests
{
    private const string Search = "/api/2.0/mlflow/experiments/search";

    [Theory]
    [InlineData("GET", "/api/2.0/mlflow/experiments/get?experiment_id=0")]
    [InlineData("POST", Search)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/runs/get")]
    [InlineData("PUT", "/api/2.0/mlflow-artifacts/artifacts/0/f")]
    [InlineData("GET", "/nowhere")]
    public async Task Nobody_is_asked_to_sign_in(string method, string path)
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await server.Nobody.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic realm=\"mlflow\"", response.Headers.WwwAuthenticate.ToString());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("UNAUTHENTICATED", new Answer(response.StatusCode, body).ErrorCode);
    }

    [Fact]
    public async Task Health_and_version_are_told_to_anybody()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        Assert.Equal("OK", (await server.Nobody.SendAsync(HttpMethod.Get, "/health")).Body);
        Assert.Equal("3.6.0", (await server.Nobody.SendAsync(HttpMethod.Get, "/version")).Body);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_token_signs_in(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        Assert.Equal(HttpStatusCode.OK, (await server.Admin.SendAsync(HttpMethod.Post, Search, "{}")).Status);
        var model = await server.PostAsync("registered-models/create", """{"name": "m"}""");
        Assert.Equal("root", model.Json.GetProperty("registered_model").GetProperty("user_id").GetString());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer dossier_")]
    [InlineData("Bearer dossier_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Basic")]
    [InlineData("Negotiate abc")]
    [InlineData("dossier_AAAA")]
    public async Task A_wrong_token_signs_nobody_in(string header)
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, Search);
        request.Headers.TryAddWithoutValidation("Authorization", header);
        var answer = await server.Nobody.SendAsync(request);
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Two_authorizations_sign_nobody_in()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var (ann, ben) = (await server.UserAsync("ann"), await server.UserAsync("ben"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Search);
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {ann.Token}", $"Bearer {ben.Token}"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Nobody.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_user_is_in_all_groups_of_its_groups()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var inner = await server.GroupAsync("inner");
        await server.GroupAsync("outer", inner);
        var outermost = await server.GroupAsync("outermost", (await FindGroupAsync(server, "outer")).Id);
        var ann = await server.UserAsync("ann", inner);
        var holder = await server.Server.Store.Credentials.FindTokenHolderAsync(Secret.Hash(ann.Token), TestContext.Current.CancellationToken);
        Assert.Equal([BuiltIn.UsersId, inner, inner + 1, outermost, ann.Id], holder!.Caller.PrincipalIds);
    }

    private static async Task<Principal> FindGroupAsync(RunningServer server, string name) =>
        (await server.Server.Store.Identity.FindAsync(PrincipalKind.Group, name, TestContext.Current.CancellationToken))!;
}
