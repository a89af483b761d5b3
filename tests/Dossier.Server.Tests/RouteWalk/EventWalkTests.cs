using System.Diagnostics;
using Dossier.Core.Audit;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>Walks every route that can change something, and looks whether it left an event.</summary>
public abstract class EventWalkTests(Database database)
{
    // POST without a change: searches, tries, and what is on the way to an artifact that isn't there yet.
    private static readonly string[] ChangesNothing =
    [
        "POST mlflow/experiments/search", "POST mlflow/experiments/search-datasets", "POST mlflow/runs/search", "POST mlflow/registered-models/get-latest-versions",
        "POST mlflow/logged-models/search", "POST mlflow-artifacts/mpu/abort/{**path}", "POST mlflow-artifacts/mpu/create/{**path}",
        "PUT mlflow-artifacts/mpu/parts/{upload_id}/{part_number}",

        // By somebody who has no session.
        "POST logout",
    ];

    // The table's request asks for what is so already: to delete an alias that isn't there, to grant nothing, to restore a run that is not deleted.
    private static readonly string[] IsSoAlready = ["DELETE mlflow/registered-models/alias", "PATCH permissions/{type}/{id}", "POST mlflow/runs/restore"];

    [Fact]
    public async Task Every_route_that_changes_something_leaves_an_event()
    {
        await using var walk = await Walk.StartAsync(database);
        var (silent, loud) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>());
        foreach (var row in WalkTable.Rows.Where(row => row.Method is not ("GET" or "HEAD") && row.Through is null))
        {
            var name = $"{row.Method} {row.Path}";
            var pattern = PatternOf(walk, row);
            var message = await row.Message(walk, walk.Admin);
            var before = await LastEventAsync(walk);
            using var request = RouteWalkTests.RequestOf(row.Method, pattern, message);
            using var response = await walk.Admin.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{name}: {response.StatusCode}");
            var isThere = await IsPassedAsync(walk, before, wait: row.Path.StartsWith("mlflow-artifacts/", StringComparison.Ordinal) && !ChangesNothing.Contains(name));
            (isThere ? loud : (ISet<string>)silent).Add(name);
        }

        silent.ExceptWith(loud);
        Assert.Equal(string.Join('\n', ChangesNothing.Concat(IsSoAlready).Order(StringComparer.Ordinal)), string.Join('\n', silent));
    }

    private static string PatternOf(Walk walk, Row row) => walk.Server.Server.Endpoints.OfType<RouteEndpoint>()
        .Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(row.Method) && !RouteWalkTests.IsTwin(one.RoutePattern.RawText!))
        .Select(one => one.RoutePattern.RawText!).First(pattern => RouteWalkTests.Canonical(pattern) == row.Path);

    // What happens to files is written a moment later.
    private static async Task<bool> IsPassedAsync(Walk walk, string before, bool wait)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            if (await LastEventAsync(walk) != before)
            {
                return true;
            }

            if (!wait || waited.Elapsed > TimeSpan.FromSeconds(20))
            {
                return false;
            }
        }
    }

    private static async Task<string> LastEventAsync(Walk walk) =>
        (await walk.Server.Server.Store.Audit.ListAsync(new EventQuery { MaxResults = 1 }, TestContext.Current.CancellationToken)).Items[0].Id;
}

public sealed class EventWalkTestsOnSqlite() : EventWalkTests(Database.Sqlite);

public sealed class EventWalkTestsOnPostgres() : EventWalkTests(Database.Postgres);
