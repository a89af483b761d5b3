using System.Net;
using Dossier.Core.Access;
using Dossier.Server.Http;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Tests;

public sealed class RouteTableTests
{
    [Fact]
    public async Task Every_route_declares_what_it_needs()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var endpoints = server.Server.Endpoints;
        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<NeedMetadata>() is null).Select(endpoint => endpoint.DisplayName));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " /login /login")]
    public async Task Only_health_version_the_way_to_sign_in_and_what_pages_look_like_need_nothing(bool requireSignIn, string login)
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn);
        var open = server.Server.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeedMetadata>()!.Need == Need.Nothing)
            .Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Equal("/health /version /openapi.json /oidc/v1/token /oidc/.well-known/oauth-authorization-server /assets/{file}" + login, string.Join(' ', open));
    }

    [Fact]
    public async Task Pages_reach_the_whole_api_under_their_own_base_path()
    {
        await using var server = await RunningServer.StartAsync();
        var paths = server.Server.Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).ToHashSet();
        var missing = paths.Where(path => path.StartsWith("/api/", StringComparison.Ordinal)).Where(path => !paths.Contains("/ajax-" + path[1..]));
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("POST", "/api/2.0/mlflow/nowhere")]
    [InlineData("GET", "/api/9.0/mlflow/runs/get")]
    public async Task An_unknown_path_is_named_in_the_answer(string method, string path)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null);
        Assert.Equal((HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND"), (answer.Status, answer.ErrorCode));
        Assert.Contains(path, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_method_is_told_which_ones_are_right()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.SendAsync(HttpMethod.Put, "/api/2.0/mlflow/experiments/search", "{}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("Endpoint /api/2.0/mlflow/experiments/search does not support PUT: use GET, POST.", answer.Message);
    }

    [Fact]
    public async Task Health_and_version_are_plain_text()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal("OK", (await server.SendAsync(HttpMethod.Get, "/health")).Body);
        Assert.Equal("3.6.0", (await server.SendAsync(HttpMethod.Get, "/version")).Body);
    }
}
