using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public sealed class ArtifactLocationTests
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";

    [Fact]
    public async Task A_location_given_to_an_experiment_opens_no_files_that_were_there_before()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var bob = await server.UserAsync("bob");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, $"{Files}/shared-data/set/train.csv", "secret")).Status);

        foreach (var location in (string[])["shared-data", "shared-data/set", "shared-data/set/train.csv", ".dossier-staging", ".dossier-staging/x"])
        {
            var refused = await CreateAsync(bob, "exp", location);
            Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (refused.Status, refused.ErrorCode));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await bob.SendAsync(HttpMethod.Get, $"{Files}/shared-data/set/train.csv")).Status);
        Assert.Equal(HttpStatusCode.OK, (await CreateAsync(bob, "exp", "shared-data/of-bob")).Status);
        Assert.Equal(HttpStatusCode.OK, (await CreateAsync(server.Admin, "given", "shared-data/set")).Status);
    }

    [Fact]
    public async Task Who_writes_to_one_location_reaches_no_other_by_a_name_like_it()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var (ann, bob) = (await server.UserAsync("ann"), await server.UserAsync("bob"));
        Assert.Equal(HttpStatusCode.OK, (await CreateAsync(ann, "of-ann", "team/a")).Status);
        Assert.Equal(HttpStatusCode.OK, (await CreateAsync(bob, "of-bob", "team/a%2fb")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ann.SendAsync(HttpMethod.Put, $"{Files}/team/a/file", "of ann")).Status);
        foreach (var path in (string[])["team/a/file", "team%2Fa/file", "team/a%2Ffile", "TEAM/A/file", "team/a/b", "team/a", "team"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete])
            {
                var refused = await bob.SendAsync(method, $"{Files}/{path}", method == HttpMethod.Put ? "of bob" : null);
                Assert.Contains(refused.Status, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.NotFound]);
            }
        }

        Assert.Equal("of ann", (await ann.SendAsync(HttpMethod.Get, $"{Files}/team/a/file")).Body);
    }

    private static Task<Answer> CreateAsync(Api api, string name, string location) =>
        api.PostAsync("experiments/create", $$"""{"name": "{{name}}", "artifact_location": "mlflow-artifacts:/{{location}}"}""");
}
