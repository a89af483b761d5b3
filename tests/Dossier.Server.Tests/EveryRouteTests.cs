using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Dossier.Protocol;
using Dossier.Protocol.Scim;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Tests;

/// <summary>Walks the route table, so that a new route is covered by being there.</summary>
public abstract partial class EveryRouteTests(SharedServer shared, Database database)
{
    private const int BodiesPerRoute = 60;
    private const int BodiesPerGuard = 15;
    private const int MaxQuery = 60_000;

    // Two param values, for the one that says which differ.
    private const int MaxMessage = 13_000;
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Whatever_is_sent_to_a_route_it_answers_in_the_protocols_form_and_never_with_a_failure_of_its_own()
    {
        var run = await _server.CreateRunAsync();
        await _server.PostAsync("registered-models/create", """{"name": "m"}""");
        await _server.PostAsync("model-versions/create", """{"name": "m", "source": "s3://b/m"}""");
        var faults = new List<string>();
        foreach (var (method, pattern) in Routes(_server))
        {
            await HostileBodies.Bytes.SampleAsync(async bytes => faults.AddRange(await FaultsAsync(_server.Http, method, pattern, Place(bytes, run))), iter: BodiesPerRoute, threads: 1);
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(20))}");
    }

    [Fact]
    public async Task Nor_does_it_fail_when_it_looks_whether_somebody_may()
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var (run, stranger) = (await server.CreateRunAsync(), await server.UserAsync("stranger"));
        var faults = new List<string>();
        foreach (var (method, pattern) in Routes(server))
        {
            await HostileBodies.Bytes.SampleAsync(
                async bytes => faults.AddRange(await FaultsAsync(stranger.Http, method, pattern, Place(bytes, run))), iter: BodiesPerGuard, threads: 1);
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(20))}");
    }

    private static IEnumerable<(string Method, string Pattern)> Routes(RunningServer server) =>
        from endpoint in server.Server.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        where !endpoint.RoutePattern.RawText!.StartsWith("/ajax-api", StringComparison.Ordinal)
        select (method, endpoint.RoutePattern.RawText!);

    // Some of what is sent reaches a run that is there.
    private static byte[] Place(byte[] bytes, string run) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("RUN", run, StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> FaultsAsync(HttpClient http, string method, string pattern, byte[] body)
    {
        var target = Parameter().Replace(pattern, "x") + QueryOf(body);
        using var request = new HttpRequestMessage(new(method), target);
        request.Content = method is "GET" or "HEAD" ? null : new ByteArrayContent(body);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return Judge(response, text) is { } fault ? [$"{fault}: {(int)response.StatusCode} {text} to {method} {target} {Encoding.UTF8.GetString(body)}"] : [];
    }

    private static string? Judge(HttpResponseMessage response, string text) => response switch
    {
        { StatusCode: >= HttpStatusCode.InternalServerError } => "a failure",
        { StatusCode: HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent } => null,
        { RequestMessage.Method.Method: "HEAD" } => null,
        _ when ErrorOf(text) is not { } error => "no error of the protocol",
        _ when ErrorCode.StatusOf(ErrorOf(text)!.ErrorCode) != (int)response.StatusCode => "a code that is not its status",
        _ when Leak().IsMatch(ErrorOf(text)!.Message) => "tells of the inside",
        _ => null,
    };

    private static string CodeOf(string status) => status switch
    {
        "403" => ErrorCode.PermissionDenied,
        "404" => ErrorCode.ResourceDoesNotExist,
        "409" => ErrorCode.ResourceConflict,
        _ => ErrorCode.InvalidParameterValue,
    };

    private static ErrorAnswer? ErrorOf(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, WireJson.TypeInfo<ScimError>()) is { Status: { } status, Detail: { } detail })
            {
                // SCIM has no codes: any with the status will do for the judge.
                return new ErrorAnswer(CodeOf(status), detail);
            }

            return JsonSerializer.Deserialize(text, WireJson.TypeInfo<ErrorAnswer>()) is { ErrorCode.Length: > 0, Message.Length: > 0 and < MaxMessage } error ? error : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The members of the body once more as a query, for routes that read one.
    private static string QueryOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var query = "?" + string.Join('&', json.RootElement.EnumerateObject().Select(member =>
                $"{Uri.EscapeDataString(member.Name)}={Uri.EscapeDataString(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText())}"));

            // A longer request line is refused before there is a route.
            return query.Length < MaxQuery ? query : "";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\bSELECT |\bINSERT |\bUPDATE .* SET\b|SQLITE|SqliteException|Npgsql|   at |\.cs\b|dossier-test-|\.db\b")]
    private static partial Regex Leak();
}

public sealed class EveryRouteTestsOnSqlite(SharedServer shared) : EveryRouteTests(shared, Database.Sqlite), IClassFixture<SharedServer>;

public sealed class EveryRouteTestsOnPostgres(SharedPostgresServer shared) : EveryRouteTests(shared, Database.Postgres), IClassFixture<SharedPostgresServer>;
