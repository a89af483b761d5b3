using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>
/// Walks every route of the running server as nobody, as a stranger, at every level on an experiment, its folder and a registered model, and as an
/// administrator. Exactly those get through whom <see cref="WalkTable"/> names; a route that has no line there fails.
/// </summary>
public abstract partial class RouteWalkTests(Database database)
{
    // The identities of the one workspace that there is, under the path of an account with many.
    private const string Account = "accounts/{account}/";

    [Fact]
    public async Task Every_route_lets_exactly_those_through_who_may()
    {
        await using var walk = await Walk.StartAsync(database);
        Persona[] personas = [Persona.Nobody, .. Persona.All, Persona.Admin];
        var faults = new List<string>();
        foreach (var (method, pattern) in Routes(walk))
        {
            var rows = RowsOf(method, pattern);
            if (rows.Count == 0)
            {
                faults.Add($"{method} {pattern} has no line in the table: say there what it needs.");
            }

            foreach (var row in rows)
            {
                var walkers = IsTwin(pattern) ? personas.Where(persona => IsEdge(personas, persona, row)) : personas;
                faults.AddRange((await Task.WhenAll(walkers.Select(persona => FaultAsync(walk, persona, row, method, pattern)))).OfType<string>());
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(50))}");
    }

    [Fact]
    public async Task Every_line_of_the_table_is_a_route()
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var routes = server.Server.Endpoints.OfType<RouteEndpoint>().SelectMany(Methods).Select(route => $"{route.Method} {Canonical(route.Pattern)}").ToHashSet();
        Assert.Subset(routes, WalkTable.Rows.Select(row => $"{row.Method} {row.Path}").ToHashSet());
    }

    private static IEnumerable<(string Method, string Pattern)> Routes(Walk walk) => walk.Server.Server.Endpoints.OfType<RouteEndpoint>().SelectMany(Methods);

    private static IEnumerable<(string Method, string Pattern)> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (method, endpoint.RoutePattern.RawText!));

    // What may be read may be asked for without its body.
    private static List<Row> RowsOf(string method, string pattern) =>
        [.. WalkTable.Rows.Where(row => row.Method == (method == "HEAD" ? "GET" : method) && row.Path == Canonical(pattern))];

    // Under the other base paths it is the same once more: there it is enough that nobody, a stranger and those on both sides of the line come by.
    internal static bool IsTwin(string pattern) => pattern.StartsWith("/ajax-api/", StringComparison.Ordinal) || pattern.Contains(Account, StringComparison.Ordinal);

    private static bool IsEdge(Persona[] personas, Persona persona, Row row) =>
        persona == Persona.Nobody || persona == Persona.All[0] || persona == Persona.Admin
        || persona == Array.Find(personas, one => IsAllowed(one, row)) || persona == Array.FindLast(personas, one => !IsAllowed(one, row));

    private static bool IsAllowed(Persona persona, Row row) => row.Needs == May.Anything || (row.Needs & persona.May) != 0;

    // The same API stands under several base paths.
    internal static string Canonical(string pattern) => BasePath().Replace(pattern, "").TrimStart('/').Replace(Account, "preview/", StringComparison.Ordinal);

    private static async Task<string?> FaultAsync(Walk walk, Persona persona, Row row, string method, string pattern)
    {
        using var request = RequestOf(method, pattern, await row.Message(walk, walk.As(persona) as Person ?? walk.Admin));
        var target = $"{method} {request.RequestUri}";
        using var response = await walk.As(persona).Http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var may = IsAllowed(persona, row);
        var asExpected = may ? (row.Through ?? HttpStatusCode.OK) == response.StatusCode
            : persona == Persona.Nobody ? IsUnauthenticated(response, answer)
            : IsDenied(response, answer);
        return asExpected ? null : $"{persona.Name} {(may ? "may" : "may not")}: {target} -> {answer}";
    }

    private static bool IsUnauthenticated(HttpResponseMessage response, Answer answer) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        && response.Headers.WwwAuthenticate.ToString() == "Basic realm=\"mlflow\""
        && Says(response, answer, "UNAUTHENTICATED");

    private static bool IsDenied(HttpResponseMessage response, Answer answer) => response.StatusCode switch
    {
        HttpStatusCode.Forbidden => Says(response, answer, "PERMISSION_DENIED"),
        HttpStatusCode.NotFound => Says(response, answer, "RESOURCE_DOES_NOT_EXIST"),
        _ => false,
    };

    // SCIM has errors of its own, without such a code.
    private static bool Says(HttpResponseMessage response, Answer answer, string code) =>
        response.RequestMessage!.Method == HttpMethod.Head
        || response.RequestMessage.RequestUri!.AbsolutePath.Contains("/scim/", StringComparison.Ordinal)
        || answer.ErrorCode == code;

    internal static HttpRequestMessage RequestOf(string method, string pattern, object message)
    {
        var (inPath, body) = message is InPath split ? (split.Path, split.Body) : (null, message);
        var members = body is string ? [] : JsonSerializer.SerializeToElement(body).EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
        var path = Parameter().Replace(pattern.Replace(Account, "accounts/any/", StringComparison.Ordinal), parameter =>
        {
            var name = parameter.Groups[1].Value;
            return inPath ?? (members.Remove(name, out var value) ? value.GetString()! : throw new InvalidOperationException($"{pattern} has no {name} in its request."));
        });
        if (method is "GET" or "HEAD" or "DELETE")
        {
            return new(new(method), $"{path}?{string.Join('&', members.SelectMany(InQuery))}");
        }

        return new(new(method), path) { Content = new StringContent(body as string ?? JsonSerializer.Serialize(members), Encoding.UTF8, "application/json") };
    }

    private static IEnumerable<string> InQuery(KeyValuePair<string, JsonElement> member) =>
        (member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().AsEnumerable() : [member.Value])
        .Select(value => $"{member.Key}={Uri.EscapeDataString(value.ToString())}");

    [GeneratedRegex(@"\{\*{0,2}([^}]*)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("^/(ajax-)?api/(2.0|3.0)/")]
    private static partial Regex BasePath();
}

public sealed class RouteWalkTestsOnSqlite() : RouteWalkTests(Database.Sqlite);

public sealed class RouteWalkTestsOnPostgres() : RouteWalkTests(Database.Postgres);
