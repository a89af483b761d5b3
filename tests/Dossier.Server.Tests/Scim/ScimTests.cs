using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Scim;

public sealed class ScimTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Base = "/api/2.0/preview/scim/v2/";

    [Fact]
    public async Task Users_are_listed_in_pages_and_in_order()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var name in new[] { "cem", "Ann", "bob" })
        {
            await PostAsync(server, "Users", $$"""{"userName":"{{name}}","displayName":"{{(name == "bob" ? "Zed" : "")}}"}""");
        }

        var page = await GetAsync(server, "Users?sortBy=userName&startIndex=2&count=2");
        Assert.Equal((4, 2, 2), (page.GetProperty("totalResults").GetInt32(), page.GetProperty("startIndex").GetInt32(), page.GetProperty("itemsPerPage").GetInt32()));
        Assert.Equal(["bob", "cem"], Names(page));
        Assert.Equal(["local", "cem", "bob", "Ann"], Names(await GetAsync(server, "Users?sortBy=USERNAME&sortOrder=descending")));
        Assert.Equal("bob", Names(await GetAsync(server, "Users?sortBy=displayName&sortOrder=descending"))[0]);
        Assert.Empty(Names(await GetAsync(server, "Users?startIndex=5")));
        var none = await GetAsync(server, "Users?count=0");
        Assert.Equal((4, "[]"), (none.GetProperty("totalResults").GetInt32(), none.GetProperty("Resources").GetRawText()));
        Assert.Equal(4, Names(await GetAsync(server, "Users?startIndex=-3&count=100000")).Length);
    }

    [Fact]
    public async Task Attributes_are_chosen_and_left_out()
    {
        await using var server = await RunningServer.StartAsync();
        var user = await PostAsync(server, "Users", """{"userName":"ann@x","name":{"givenName":"A","familyName":"N"}}""");
        var id = user.GetProperty("id").GetString();
        var chosen = await GetAsync(server, $"Users/{id}?attributes=username,name.givenName,emails.value");
        Assert.Equal(
            $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{{id}}","userName":"ann@x","name":{"givenName":"A"},"emails":[{"value":"ann@x"}]}""", chosen.GetRawText());
        var rest = await GetAsync(server, $"Users/{id}?excludedAttributes=meta,name,emails.type");
        Assert.Equal(
            $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{{id}}","userName":"ann@x","emails":[{"value":"ann@x","primary":true}],"active":true}""", rest.GetRawText());
        Assert.Equal("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"3"}""", (await GetAsync(server, "Users?attributes=id")).GetProperty("Resources")[0].GetRawText());
    }

    [Fact]
    public async Task A_whole_user_replaces_what_was_there_but_the_name_and_a_lock()
    {
        await using var server = await RunningServer.StartAsync();
        var id = (await PostAsync(server, "Users", """{"userName":"ann@x","displayName":"Ann","externalId":"1","emails":[{"value":"a@y"}]}""")).GetProperty("id").GetString();
        await SendAsync(server, HttpMethod.Patch, $"Users/{id}", """{"Operations":[{"op":"replace","value":{"active":"false"}}]}""");
        var replaced = (await SendAsync(server, HttpMethod.Put, $"Users/{id}", """{"userName":"ANN@x","emails":[{"type":"home","value":"h@y"},{"type":"work","value":"w@y"}]}""")).Json;
        Assert.Equal(("ann@x", "w@y", false), (replaced.GetProperty("userName").GetString(), replaced.GetProperty("emails")[0].GetProperty("value").GetString(), replaced.GetProperty("active").GetBoolean()));
        Assert.False(replaced.TryGetProperty("displayName", out _));
        Refused(await SendAsync(server, HttpMethod.Put, $"Users/{id}", """{"userName":"bob@x"}"""), 400, "mutability");
        Assert.True((await SendAsync(server, HttpMethod.Put, $"Users/{id}", """{"userName":"ann@x","active":true}""")).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_group_takes_users_programs_and_groups()
    {
        await using var server = await RunningServer.StartAsync();
        var ann = (await PostAsync(server, "Users", """{"userName":"ann"}""")).GetProperty("id").GetString();
        var robot = await PostAsync(server, "ServicePrincipals", """{"displayName":"nightly"}""");
        Assert.True(Guid.TryParse(robot.GetProperty("applicationId").GetString(), out _));
        var inner = (await PostAsync(server, "Groups", $$"""{"displayName":"inner","members":[{"value":"{{ann}}"}]}""")).GetProperty("id").GetString();
        var outer = await PostAsync(server, "Groups", $$"""{"displayName":"outer","members":[{"value":"{{inner}}"},{"value":"{{robot.GetProperty("id").GetString()}}"}]}""");
        var id = outer.GetProperty("id").GetString();
        Assert.Equal(["Groups/" + inner, "ServicePrincipals/" + robot.GetProperty("id").GetString()], Refs(outer, "members"));
        Assert.Equal(["Groups/" + id], Refs(await GetAsync(server, $"Groups/{inner}"), "groups"));
        Assert.Equal(["Groups/" + inner], Refs(await GetAsync(server, $"Users/{ann}"), "groups"));

        await SendAsync(server, HttpMethod.Patch, $"Groups/{id}", $$$"""{"Operations":[{"op":"remove","path":"members[value eq \"{{{inner}}}\"]"},{"op":"ADD","path":"members","value":{"value":"{{{ann}}}"}}]}""");
        Assert.Equal(["Users/" + ann, "ServicePrincipals/" + robot.GetProperty("id").GetString()], Refs(await GetAsync(server, $"Groups/{id}"), "members"));
        await SendAsync(server, HttpMethod.Patch, $"Groups/{id}", $$$"""{"Operations":[{"op":"replace","value":{"members":[{"value":"{{{inner}}}"}],"displayName":"Outer"}}]}""");
        var replaced = await GetAsync(server, $"Groups/{id}");
        Assert.Equal(("Outer", "Groups/" + inner), (replaced.GetProperty("displayName").GetString(), Refs(replaced, "members").Single()));
        await SendAsync(server, HttpMethod.Patch, $"Groups/{id}", """{"Operations":[{"op":"Remove","path":"members"}]}""");
        Assert.Empty(Refs(await GetAsync(server, $"Groups/{id}"), "members"));
        Refused(await SendAsync(server, HttpMethod.Patch, $"Groups/{inner}", $$"""{"Operations":[{"op":"add","path":"members","value":[{"value":"{{inner}}"}]}]}"""), 400, "invalidValue");
    }

    [Theory]
    [InlineData("POST", "Users", "{}", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"a/b"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":".."}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"a\u0007b"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"a\u200Bb"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":" a"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"a:b"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"3f2a9c1e-7d45-4b8a-9a51-0c6de1f7b2aa"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"a","active":"maybe"}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":12}""", 400, "invalidValue")]
    [InlineData("POST", "Users", """{"userName":"LOCAL"}""", 409, "uniqueness")]
    [InlineData("POST", "Users", "[]", 400, "invalidSyntax")]
    [InlineData("POST", "Users", "{", 400, "invalidSyntax")]
    [InlineData("POST", "Users", """{"userName":"\ud800"}""", 400, "invalidSyntax")]
    [InlineData("POST", "Groups", """{"displayName":"users"}""", 409, "uniqueness")]
    [InlineData("POST", "Groups", """{"displayName":"g","members":[{"value":"99"}]}""", 400, "invalidValue")]
    [InlineData("POST", "Groups", """{"displayName":"g","members":[{"value":"x"}]}""", 400, "invalidValue")]
    [InlineData("POST", "ServicePrincipals", """{"applicationId":"robot"}""", 400, "invalidValue")]
    [InlineData("GET", "Users/99", null, 404, null)]
    [InlineData("GET", "Users/1", null, 404, null)]
    [InlineData("GET", "Users/x", null, 404, null)]
    [InlineData("GET", "Things", null, 404, null)]
    [InlineData("PUT", "Users", "{}", 405, null)]
    [InlineData("DELETE", "Groups/1", null, 400, "mutability")]
    [InlineData("PATCH", "Groups/2", """{"Operations":[{"op":"add","path":"members","value":[{"value":"3"}]}]}""", 400, "mutability")]
    [InlineData("PATCH", "Groups/1", """{"Operations":[{"op":"replace","path":"displayName","value":"root"}]}""", 400, "mutability")]
    [InlineData("PATCH", "Groups/1", """{"Operations":[{"op":"replace","path":"members[value eq \"3\"]","value":"x"}]}""", 400, "invalidPath")]
    [InlineData("PATCH", "Users/3", """{"Operations":[{"op":"replace","path":"active","value":false}]}""", 400, "mutability")]
    [InlineData("PATCH", "Users/3", """{"Operations":[{"op":"move","path":"active"}]}""", 400, "invalidSyntax")]
    [InlineData("PATCH", "Users/3", """{"Operations":[{"op":"remove"}]}""", 400, "noTarget")]
    [InlineData("PATCH", "Users/3", "{}", 400, "invalidSyntax")]
    [InlineData("GET", "Users?filter=userName", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=userName%20eq%20ann%40x", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=userName%20gt%20%22a%22", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=shoeSize%20eq%20%2244%22", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=(userName%20eq%20%22a%22", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=userName%20eq%20%22a%22%20userName%20eq%20%22b%22", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=active%20co%20true", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?filter=active%20eq%20%22perhaps%22", null, 400, "invalidFilter")]
    [InlineData("GET", "Users?sortBy=shoeSize", null, 400, "invalidValue")]
    [InlineData("GET", "Users?count=many", null, 400, "invalidValue")]
    public async Task What_is_wrong_is_told_in_scims_form(string method, string path, string? body, int status, string? scimType) =>
        Refused(await SendAsync(shared.Server, new(method), path, body), status, scimType);

    [Fact]
    public async Task Only_administrators_see_and_change_others()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        var ann = await server.UserAsync("ann");
        foreach (var (method, path) in new[] { ("GET", "Users"), ("GET", $"Users/{ann.Id}"), ("POST", "Groups"), ("PATCH", $"Users/{ann.Id}"), ("DELETE", "ServicePrincipals/9"), ("PUT", "Groups/1") })
        {
            Refused(await ann.SendAsync(new(method), Base + path, method is "GET" or "DELETE" ? null : "{}"), 403, null);
            Refused(await server.Nobody.SendAsync(new(method), Base + path, method is "GET" or "DELETE" ? null : "{}"), 401, null);
        }

        Assert.Equal("ann", (await ann.SendAsync(HttpMethod.Get, Base + "Me")).Json.GetProperty("userName").GetString());
        var robot = await server.ServicePrincipalAsync("nightly");
        Assert.Equal(robot.Name, (await robot.SendAsync(HttpMethod.Get, Base + "Me")).Json.GetProperty("applicationId").GetString());
    }

    [Fact]
    public async Task The_account_has_the_same_under_its_own_path()
    {
        await using var server = await RunningServer.StartAsync();
        var made = await server.SendAsync(HttpMethod.Post, "/api/2.0/accounts/4f1e/scim/v2/Users", """{"userName":"ann"}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal($"/api/2.0/accounts/4f1e/scim/v2/Users/{made.Json.GetProperty("id").GetString()}", made.Json.GetProperty("meta").GetProperty("location").GetString());
        Assert.Equal("ann", Names(await GetAsync(server, "Users?filter=userName%20eq%20%22ann%22")).Single());
    }

    private static Task<Answer> SendAsync(RunningServer server, HttpMethod method, string path, string? body = null) => server.SendAsync(method, Base + path, body);

    private static async Task<JsonElement> PostAsync(RunningServer server, string path, string body)
    {
        var answer = await SendAsync(server, HttpMethod.Post, path, body);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        return answer.Json;
    }

    private static async Task<JsonElement> GetAsync(RunningServer server, string path)
    {
        var answer = await SendAsync(server, HttpMethod.Get, path);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return answer.Json;
    }

    private static void Refused(Answer answer, int status, string? scimType)
    {
        Assert.True((int)answer.Status == status, answer.ToString());
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:Error"]""", answer.Json.GetProperty("schemas").GetRawText());
        Assert.Equal($"{status}", answer.Json.GetProperty("status").GetString());
        Assert.Equal(scimType, answer.Json.TryGetProperty("scimType", out var type) ? type.GetString() : null);
        Assert.NotEmpty(answer.Json.GetProperty("detail").GetString()!);
    }

    private static string[] Names(JsonElement list) => [.. list.GetProperty("Resources").EnumerateArray().Select(user => user.GetProperty("userName").GetString()!)];

    private static string[] Refs(JsonElement resource, string list) => resource.TryGetProperty(list, out var members)
        ? [.. members.EnumerateArray().Select(member => member.GetProperty("$ref").GetString()!)]
        : [];
}
