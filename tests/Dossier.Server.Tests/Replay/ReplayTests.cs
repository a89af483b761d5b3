using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Tests.Replay;

public sealed partial class ReplayTests
{
    [Theory]
    [InlineData("2.17", Database.Sqlite)]
    [InlineData("3.6", Database.Sqlite)]
    [InlineData("2.17", Database.Postgres)]
    [InlineData("3.6", Database.Postgres)]
    public async Task The_recorded_requests_of_a_client_get_answers_of_the_recorded_status_and_shape(string generation, Database database)
    {
        await using var server = await RunningServer.StartAsync(database);
        var recordings = Recording.Read(generation);
        var ids = new IdMap(server);
        var run = RunId().Match(recordings.First(exchange => exchange.Label == "client.create_run").Answer).Groups[1].Value;
        var suffix = Suffix().Match(recordings[0].Body!).Groups[1].Value;
        var leftOut = new LeftOut(server, ids, run, suffix);
        var differences = new StringBuilder();
        foreach (var exchange in recordings)
        {
            var difference = AllowedDifferences.IsNotSpoken(exchange.Url)
                ? await ReplayNotSpokenAsync(server, exchange)
                : await ReplayAsync(server, exchange, ids, leftOut);
            if (difference is not null)
            {
                differences.AppendLine(CultureInfo.InvariantCulture, $"{exchange.Label} | {exchange.Method} {exchange.Url}\n{difference}\n");
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
    }

    [Theory]
    [InlineData("2.17")]
    [InlineData("3.6")]
    public async Task Every_endpoint_that_a_client_calls_is_routed(string generation)
    {
        await using var server = await RunningServer.StartAsync();
        var routed = server.Server.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {Parameter().Replace(endpoint.RoutePattern.RawText!, "{}")}"))
            .ToHashSet(StringComparer.Ordinal);
        var missing = Recording.ReadEndpoints(generation)
            .Where(request => !AllowedDifferences.IsNotSpoken(request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..]))
            .Where(request => !routed.Contains(Parameter().Replace(request, "{}")) && !routed.Contains(LastSegment().Replace(Parameter().Replace(request, "{}"), "/{}")));
        Assert.Empty(missing);
    }

    private static async Task<string?> ReplayNotSpokenAsync(RunningServer server, Recording exchange)
    {
        var answer = await server.SendAsync(new HttpMethod(exchange.Method), exchange.Url, exchange.Body);
        return ((int)answer.Status, answer.ErrorCode) == (404, "ENDPOINT_NOT_FOUND") ? null : answer.ToString();
    }

    private static async Task<string?> ReplayAsync(RunningServer server, Recording exchange, IdMap ids, LeftOut leftOut)
    {
        await leftOut.SendBeforeAsync(exchange);
        var answer = await server.SendAsync(
            new HttpMethod(exchange.Method),
            await ids.ToLiveAsync(exchange.Url),
            exchange.Body is null ? null : await ids.ToLiveAsync(exchange.Body));
        if ((int)answer.Status != AllowedDifferences.StatusOf(exchange))
        {
            return $"expected {AllowedDifferences.StatusOf(exchange)}: {exchange.Answer}\n     got {(int)answer.Status}: {answer.Body}";
        }

        ids.Learn(exchange.Answer, answer.Body);
        if (AllowedDifferences.OnlyStatusCounts(exchange))
        {
            return null;
        }

        var expected = AllowedDifferences.Reduce(exchange, exchange.Answer);
        var actual = AllowedDifferences.Reduce(exchange, ids.ToRecorded(answer.Body));
        return expected == actual ? null : $"expected {expected}\n     got {actual}";
    }

    [GeneratedRegex("\"run_id\": \"([0-9a-f]{32})\"")]
    private static partial Regex RunId();

    [GeneratedRegex("exp-([0-9]+)")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    // Some recorded paths end in a value: ".../tags/t".
    [GeneratedRegex("/[^/]*$")]
    private static partial Regex LastSegment();
}
