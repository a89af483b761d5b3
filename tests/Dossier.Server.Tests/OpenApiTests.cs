using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dossier.Server.Http;
using Dossier.Server.OpenApi;
using Dossier.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Tests;

/// <summary>The description of the API at <c>/openapi.json</c>.</summary>
public sealed partial class OpenApiTests
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

    [Fact]
    public async Task Everybody_can_read_it_and_every_route_is_in_it_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var document = await ReadAsync(server);
        var described = Operations(document).Select(operation => $"{operation.Method} {operation.Path}").Order().ToList();
        var routes = Routes(server).Select(route => $"{route.Method.ToLowerInvariant()} {ApiDescription.PathOf(route.Endpoint.RoutePattern)}").Order().ToList();
        Assert.Equal(routes, described);
    }

    [Fact]
    public async Task Every_route_says_in_words_what_a_caller_needs()
    {
        await using var server = await RunningServer.StartAsync();
        using var document = await ReadAsync(server);
        foreach (var (method, endpoint) in Routes(server))
        {
            var need = endpoint.Metadata.GetMetadata<NeedMetadata>()!;
            var operation = Operation(document, method, endpoint);
            Assert.Equal(string.Join("; ", need.Needs.Select(one => one.Text)), operation.GetProperty("x-dossier-need").GetString());
            Assert.Equal(need.Need.SignIn, operation.GetProperty("security").GetArrayLength() > 0);
        }

        Assert.Equal(
            "CAN_EDIT on the experiment of the run; CAN_EDIT on the experiment of the logged model",
            document.RootElement.GetProperty("paths").GetProperty("/api/2.0/mlflow/runs/log-batch").GetProperty("post").GetProperty("x-dossier-need").GetString());
    }

    [Fact]
    public async Task What_a_route_takes_is_described_by_the_names_that_it_reads()
    {
        await using var server = await RunningServer.StartAsync();
        using var document = await ReadAsync(server);
        foreach (var (method, endpoint) in Routes(server))
        {
            if (endpoint.Metadata.GetMetadata<MessageMetadata>() is not { } message)
            {
                continue;
            }

            var operation = Operation(document, method, endpoint);
            var named = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).ToHashSet()
                : [];
            if (operation.TryGetProperty("requestBody", out var body))
            {
                named.UnionWith(Members(Resolve(document, body.GetProperty("content").GetProperty("application/json").GetProperty("schema"))));
            }

            var expected = RequestJson.Options.GetTypeInfo(message.Message).Properties.Where(RequestJson.IsOnWire).Select(property => property.Name);
            Assert.Empty(expected.Except(named));
        }
    }

    [Fact]
    public async Task A_batch_is_described_as_it_is_read()
    {
        await using var server = await RunningServer.StartAsync();
        using var document = await ReadAsync(server);
        var batch = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("LogBatch");
        Assert.Equal(["run_id", "metrics", "params", "tags"], Members(batch));
        var metric = batch.GetProperty("properties").GetProperty("metrics").GetProperty("items");
        Assert.Equal(["key", "timestamp", "value"], metric.GetProperty("required").EnumerateArray().Select(one => one.GetString()!).Order());
        Assert.Equal("integer", metric.GetProperty("properties").GetProperty("timestamp").GetProperty("type").GetString());
    }

    [Fact]
    public async Task It_has_the_form_of_OpenAPI_3_1()
    {
        await using var server = await RunningServer.StartAsync();
        using var document = await ReadAsync(server);
        var root = document.RootElement;
        Assert.Equal("3.1.0", root.GetProperty("openapi").GetString());
        Assert.Equal(["components", "info", "openapi", "paths"], root.EnumerateObject().Select(one => one.Name).Order());
        Assert.False(string.IsNullOrEmpty(root.GetProperty("info").GetProperty("title").GetString()));
        Assert.False(string.IsNullOrEmpty(root.GetProperty("info").GetProperty("version").GetString()));

        var ids = new HashSet<string>();
        var schemes = root.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(one => one.Name).ToHashSet();
        foreach (var (method, path, operation) in Operations(document))
        {
            Assert.Contains(method, Methods);
            Assert.StartsWith("/", path, StringComparison.Ordinal);
            Assert.True(ids.Add(operation.GetProperty("operationId").GetString()!), $"{method} {path} has the id of another.");
            Assert.NotEmpty(operation.GetProperty("responses").EnumerateObject());
            Assert.All(operation.GetProperty("responses").EnumerateObject(), answer =>
                Assert.True(answer.Value.TryGetProperty("$ref", out _) || answer.Value.TryGetProperty("description", out _), $"{method} {path} {answer.Name}"));
            Assert.Subset(schemes, operation.GetProperty("security").EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(one => one.Name).ToHashSet());
            CheckParameters(path, operation);
        }

        CheckNodes(document, root, "#");
    }

    private static void CheckParameters(string path, JsonElement operation)
    {
        var inPath = Parameter().Matches(path).Select(match => match.Groups[1].Value).Order().ToList();
        var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [];
        Assert.Equal(parameters.Count, parameters.Select(one => (one.GetProperty("name").GetString(), one.GetProperty("in").GetString())).Distinct().Count());
        Assert.Equal(inPath, parameters.Where(one => one.GetProperty("in").GetString() == "path").Select(one => one.GetProperty("name").GetString()!).Order());
        foreach (var parameter in parameters)
        {
            Assert.Contains(parameter.GetProperty("in").GetString(), new[] { "path", "query" });
            Assert.True(parameter.TryGetProperty("schema", out _));
            Assert.Equal(parameter.GetProperty("in").GetString() == "path", parameter.TryGetProperty("required", out var required) && required.GetBoolean());
        }
    }

    // Every reference leads somewhere, and every type of a schema is one that there is.
    private static void CheckNodes(JsonDocument document, JsonElement node, string place)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                CheckNodes(document, item, place);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (node.TryGetProperty("$ref", out _))
            {
                Assert.NotEqual(JsonValueKind.Undefined, Resolve(document, node).ValueKind);
            }

            foreach (var member in node.EnumerateObject())
            {
                CheckNodes(document, member.Value, $"{place}/{member.Name}");
                if (member.Name is "schema" or "items" || place.EndsWith("/properties", StringComparison.Ordinal) || place == "#/components/schemas")
                {
                    CheckType(member.Value, $"{place}/{member.Name}");
                }
            }
        }
    }

    private static void CheckType(JsonElement schema, string place)
    {
        Assert.True(schema.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False, place);
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type))
        {
            Assert.All(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()) : [type.GetString()], one => Assert.Contains(one, Types));
        }
    }

    private static async Task<JsonDocument> ReadAsync(RunningServer server)
    {
        var answer = await server.Nobody.SendAsync(HttpMethod.Get, "/openapi.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonDocument.Parse(answer.Body);
    }

    private static IEnumerable<(string Method, RouteEndpoint Endpoint)> Routes(RunningServer server) => server.Server.Endpoints.OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (method, endpoint)));

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations(JsonDocument document) =>
        document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(one => (one.Name, path.Name, one.Value)));

    private static JsonElement Operation(JsonDocument document, string method, RouteEndpoint endpoint) =>
        document.RootElement.GetProperty("paths").GetProperty(ApiDescription.PathOf(endpoint.RoutePattern)).GetProperty(method.ToLowerInvariant());

    private static IEnumerable<string> Members(JsonElement schema) =>
        schema.TryGetProperty("properties", out var members) ? members.EnumerateObject().Select(member => member.Name) : [];

    private static JsonElement Resolve(JsonDocument document, JsonElement node) =>
        !node.TryGetProperty("$ref", out var reference) ? node
            : reference.GetString()!.Split('/').Skip(1).Aggregate(document.RootElement, static (place, name) => place.ValueKind == JsonValueKind.Array
                ? place[int.Parse(name, CultureInfo.InvariantCulture)]
                : place.GetProperty(name.Replace("~1", "/", StringComparison.Ordinal)));

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Parameter();
}
