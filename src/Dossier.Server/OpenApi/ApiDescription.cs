using System.Reflection;
using System.Text.Json.Nodes;
using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Dossier.Protocol.Scim;
using Dossier.Server.Http;
using Dossier.Server.Scim;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Dossier.Server.OpenApi;

/// <summary>Describes the server's routes as an OpenAPI 3.1 document: what each takes and answers, its errors, and what a caller needs.</summary>
internal static class ApiDescription
{
    private const string Json = "application/json";
    private const string ScimJson = "application/scim+json";

    /// <summary>The document.</summary>
    public static JsonObject Of(IEnumerable<RouteEndpoint> endpoints)
    {
        var schemas = new MessageSchemas();
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var path = PathOf(endpoint.RoutePattern);
            if (!paths.TryGetValue(path, out var item))
            {
                paths.Add(path, item = []);
            }

            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                var operation = Operation(endpoint, method, schemas);
                operation.Insert(0, "operationId", NameOf(method, path, names));
                item[method.ToLowerInvariant()] = operation;
            }
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Dossier",
                ["version"] = typeof(ApiDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
                ["description"] = "An MLflow-compatible model record server and registry. 'x-dossier-need' says what a caller must be allowed to do.",
            },
            ["paths"] = new JsonObject(paths.Select(static path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value))),
            ["components"] = new JsonObject
            {
                ["responses"] = new JsonObject
                {
                    ["Error"] = Answer("An error.", Json, schemas.Answer(typeof(ErrorAnswer))),
                    ["ScimError"] = Answer("An error in SCIM's form.", ScimJson, schemas.Answer(typeof(ScimError))),
                },

                // After all that refers to one.
                ["schemas"] = schemas.All(),
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    ["password"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
                },
            },
        };
    }

    /// <summary>A route's pattern as OpenAPI writes it: <c>{path}</c> also where it stands for all the rest.</summary>
    public static string PathOf(RoutePattern pattern) => pattern.PathSegments.Count == 0 ? "/" : string.Concat(pattern.PathSegments.Select(static segment =>
        $"/{string.Concat(segment.Parts.Select(static part => part is RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((RoutePatternLiteralPart)part).Content))}"));

    private static JsonObject Operation(RouteEndpoint endpoint, string method, MessageSchemas schemas)
    {
        var message = endpoint.Metadata.GetMetadata<MessageMetadata>();
        var isScim = endpoint.Metadata.GetMetadata<ErrorForm>() is ScimErrorForm;
        var inPath = endpoint.RoutePattern.Parameters.Select(static parameter => parameter.Name).ToList();
        var needs = endpoint.Metadata.GetMetadata<NeedMetadata>()!;
        var operation = new JsonObject { ["tags"] = new JsonArray(TagOf(endpoint.RoutePattern)) };
        var parameters = new JsonArray([.. inPath.Select(InPath)]);
        if (message is not null && message.Source != MessageSource.Body && !(method == HttpMethods.Post))
        {
            foreach (var (name, schema) in MessageSchemas.Members(message.Message).Where(member => !inPath.Contains(member.Name)))
            {
                parameters.Add(new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = schema });
            }
        }

        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (message is { Source: MessageSource.Body } or { Source: MessageSource.BodyOrQuery } && method != HttpMethods.Get)
        {
            operation["requestBody"] = new JsonObject { ["content"] = Content(Json, schemas.Request(message.Message, inPath)) };
        }

        var answer = message is null ? new JsonObject { ["description"] = "Done." }
            : message.IsFile ? Answer("The file, or the range of it that is asked for.", "application/octet-stream", new JsonObject())
            : message.Answer is { } type ? Answer("Done.", Json, schemas.Answer(type))
            : Answer("Done.", Json, new JsonObject { ["type"] = "object", ["maxProperties"] = 0 });
        operation["responses"] = new JsonObject
        {
            ["200"] = answer,
            ["default"] = new JsonObject { ["$ref"] = $"#/components/responses/{(isScim ? "ScimError" : "Error")}" },
        };
        operation["security"] = needs.Need.SignIn ? new JsonArray(Scheme("token"), Scheme("password")) : [];
        operation["x-dossier-need"] = Words(needs);
        return operation;
    }

    private static string Words(NeedMetadata needs) => string.Join("; ", needs.Needs.Select(static need => need.Text));

    // Groups of routes, as their paths tell them: "runs", "registered-models", "scim".
    private static string TagOf(RoutePattern pattern)
    {
        var segments = pattern.PathSegments.Select(static segment => (segment.Parts[0] as RoutePatternLiteralPart)?.Content).ToList();
        var start = segments is ["api" or "ajax-api", ..] ? 2 : 0;
        return segments.Contains("scim") ? "scim" : segments.Skip(start).FirstOrDefault(static one => one is not ("mlflow" or "databricks" or null)) ?? "server";
    }

    private static string NameOf(string method, string path, HashSet<string> taken)
    {
        var name = $"{method.ToLowerInvariant()}{string.Concat(path.Select(static one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-' ? one : '_'))}";
        while (!taken.Add(name))
        {
            name += "_";
        }

        return name;
    }

    private static JsonNode InPath(string name) => new JsonObject
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Scheme(string name) => new() { [name] = new JsonArray() };

    private static JsonObject Answer(string description, string type, JsonNode schema) => new() { ["description"] = description, ["content"] = Content(type, schema) };

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };
}
