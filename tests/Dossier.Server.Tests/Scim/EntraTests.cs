using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Scim;

/// <summary>What the provisioning service of Microsoft Entra ID sends, in the forms that its public documentation shows, over the wire as it stands.</summary>
public sealed class EntraTests
{
    private const string FindUser = """
        GET /api/2.0/preview/scim/v2/Users?filter=userName+eq+%22ann%40example.org%22 HTTP/1.1
        Accept: application/scim+json
        """;

    private const string CreateUser = """
        POST /api/2.0/preview/scim/v2/Users HTTP/1.1
        Content-Type: application/scim+json; charset=utf-8

        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
          "externalId": "9a1c-ann",
          "userName": "ann@example.org",
          "active": true,
          "displayName": "Ann Example",
          "emails": [{"primary": true, "type": "work", "value": "ann.example@example.org"}],
          "meta": {"resourceType": "User"},
          "name": {"formatted": "Ann Example", "familyName": "Example", "givenName": "Ann"},
          "roles": [],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Boards"}
        }
        """;

    private const string ChangeUser = """
        PATCH /api/2.0/preview/scim/v2/Users/USER HTTP/1.1
        Content-Type: application/scim+json; charset=utf-8

        {
          "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          "Operations": [
            {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "new@example.org"},
            {"op": "Replace", "path": "userName", "value": "other@example.org"},
            {"op": "Add", "path": "name.familyName", "value": "Sample"},
            {"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Chips"},
            {"op": "Replace", "value": {"displayName": "Ann Sample", "name.givenName": "Anna"}}
          ]
        }
        """;

    private const string DisableUser = """
        PATCH /api/2.0/preview/scim/v2/Users/USER HTTP/1.1
        Content-Type: application/scim+json; charset=utf-8

        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "Replace", "path": "active", "value": VALUE}]}
        """;

    private const string FindGroup = """
        GET /api/2.0/preview/scim/v2/Groups?excludedAttributes=members&filter=displayName+eq+%22Inspectors%22 HTTP/1.1
        Accept: application/scim+json
        """;

    private const string CreateGroup = """
        POST /api/2.0/preview/scim/v2/Groups HTTP/1.1
        Content-Type: application/scim+json; charset=utf-8

        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
          "externalId": "77-inspectors",
          "displayName": "Inspectors",
          "meta": {"resourceType": "Group"}
        }
        """;

    private const string ChangeMember = """
        PATCH /api/2.0/preview/scim/v2/Groups/GROUP HTTP/1.1
        Content-Type: application/scim+json; charset=utf-8

        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "VERB", "path": "members", "value": [{"$ref": null, "value": "USER"}]}]}
        """;

    private const string IsMember = """
        GET /api/2.0/preview/scim/v2/Groups?attributes=id&filter=id+eq+%22GROUP%22+and+members+eq+%22USER%22 HTTP/1.1
        Accept: application/scim+json
        """;

    private const string RenameGroup = """
        PATCH /api/2.0/preview/scim/v2/Groups/GROUP HTTP/1.1
        Content-Type: application/scim+json; charset=utf-8

        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "Replace", "path": "displayName", "value": "Board inspectors"}]}
        """;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_user_is_found_created_changed_disabled_and_deleted(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        Assert.Equal(0, (await SendAsync(server, 200, FindUser)).GetProperty("totalResults").GetInt32());
        var created = await SendAsync(server, 201, CreateUser);
        var id = created.GetProperty("id").GetString()!;
        Assert.Equal(id, (await SendAsync(server, 200, FindUser)).GetProperty("Resources")[0].GetProperty("id").GetString());
        Assert.Equal("uniqueness", (await SendAsync(server, 409, CreateUser)).GetProperty("scimType").GetString());

        var changed = await SendAsync(server, 200, ChangeUser, id);
        Assert.Equal("ann@example.org", changed.GetProperty("userName").GetString());
        Assert.Equal("ann.example@example.org", changed.GetProperty("emails")[0].GetProperty("value").GetString());
        Assert.Equal("9a1c-ann", changed.GetProperty("externalId").GetString());
        Assert.Equal("Ann Sample", changed.GetProperty("displayName").GetString());
        Assert.Equal("""{"givenName":"Anna","familyName":"Sample"}""", changed.GetProperty("name").GetRawText());

        Assert.False((await SendAsync(server, 200, DisableUser.Replace("VALUE", "\"False\"", StringComparison.Ordinal), id)).GetProperty("active").GetBoolean());
        Assert.False((await SendAsync(server, 200, FindUser)).GetProperty("Resources")[0].GetProperty("active").GetBoolean());
        Assert.True((await SendAsync(server, 200, DisableUser.Replace("VALUE", "true", StringComparison.Ordinal), id)).GetProperty("active").GetBoolean());
        await SendAsync(server, 204, "DELETE /api/2.0/preview/scim/v2/Users/USER HTTP/1.1", id);
        await SendAsync(server, 404, "DELETE /api/2.0/preview/scim/v2/Users/USER HTTP/1.1", id);
        await SendAsync(server, 404, "GET /api/2.0/preview/scim/v2/Users/USER HTTP/1.1", id);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_group_is_found_created_filled_renamed_and_deleted(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var user = (await SendAsync(server, 201, CreateUser)).GetProperty("id").GetString()!;
        Assert.Equal(0, (await SendAsync(server, 200, FindGroup)).GetProperty("totalResults").GetInt32());
        var group = (await SendAsync(server, 201, CreateGroup)).GetProperty("id").GetString()!;
        Assert.Equal(1, (await SendAsync(server, 200, FindGroup)).GetProperty("totalResults").GetInt32());

        Assert.Equal(0, (await SendAsync(server, 200, IsMember, user, group)).GetProperty("totalResults").GetInt32());
        await SendAsync(server, 204, ChangeMember.Replace("VERB", "Add", StringComparison.Ordinal), user, group);
        await SendAsync(server, 204, ChangeMember.Replace("VERB", "Add", StringComparison.Ordinal), user, group);
        Assert.Equal(1, (await SendAsync(server, 200, IsMember, user, group)).GetProperty("totalResults").GetInt32());
        var whole = await SendAsync(server, 200, "GET /api/2.0/preview/scim/v2/Groups/GROUP HTTP/1.1", group: group);
        Assert.Equal($$"""[{"value":"{{user}}","display":"Ann Example","$ref":"Users/{{user}}"}]""", whole.GetProperty("members").GetRawText());
        Assert.False((await SendAsync(server, 200, "GET /api/2.0/preview/scim/v2/Groups/GROUP?excludedAttributes=members HTTP/1.1", group: group)).TryGetProperty("members", out _));

        await SendAsync(server, 204, ChangeMember.Replace("VERB", "Remove", StringComparison.Ordinal), user, group);
        Assert.Equal(0, (await SendAsync(server, 200, IsMember, user, group)).GetProperty("totalResults").GetInt32());
        await SendAsync(server, 204, RenameGroup, group: group);
        Assert.Equal("Board inspectors", (await SendAsync(server, 200, "GET /api/2.0/preview/scim/v2/Groups/GROUP HTTP/1.1", group: group)).GetProperty("displayName").GetString());
        await SendAsync(server, 204, "DELETE /api/2.0/preview/scim/v2/Groups/GROUP HTTP/1.1", group: group);
        Assert.Equal(0, (await SendAsync(server, 200, FindGroup)).GetProperty("totalResults").GetInt32());
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Who_is_disabled_or_deleted_is_out_at_once(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var (bob, cem) = (await server.UserAsync("bob"), await server.UserAsync("cem"));
        const string Me = "/api/2.0/preview/scim/v2/Me";
        Assert.Equal("bob", (await bob.SendAsync(HttpMethod.Get, Me)).Json.GetProperty("userName").GetString());
        await SendAsync(server, 200, DisableUser.Replace("VALUE", "false", StringComparison.Ordinal), $"{bob.Id}");
        Assert.Equal(401, (int)(await bob.SendAsync(HttpMethod.Get, Me)).Status);
        await SendAsync(server, 200, DisableUser.Replace("VALUE", "\"True\"", StringComparison.Ordinal), $"{bob.Id}");
        Assert.Equal(200, (int)(await bob.SendAsync(HttpMethod.Get, Me)).Status);

        Assert.Equal(200, (int)(await cem.SendAsync(HttpMethod.Get, Me)).Status);
        await SendAsync(server, 204, "DELETE /api/2.0/preview/scim/v2/Users/USER HTTP/1.1", $"{cem.Id}");
        Assert.Equal(401, (int)(await cem.SendAsync(HttpMethod.Get, Me)).Status);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_group_in_admins_makes_its_members_administrators_and_ends_that(Database database)
    {
        await using var server = await RunningServer.StartAsync(database, requireSignIn: true);
        var bob = await server.UserAsync("bob");
        var group = (await SendAsync(server, 201, CreateGroup)).GetProperty("id").GetString()!;
        await SendAsync(server, 204, ChangeMember.Replace("VERB", "Add", StringComparison.Ordinal), group, "1");
        const string List = "/api/2.0/preview/scim/v2/Users";
        Assert.Equal(403, (int)(await bob.SendAsync(HttpMethod.Get, List)).Status);
        await SendAsync(server, 204, ChangeMember.Replace("VERB", "Add", StringComparison.Ordinal), $"{bob.Id}", group);
        Assert.Equal(200, (int)(await bob.SendAsync(HttpMethod.Get, List)).Status);
        await SendAsync(server, 204, ChangeMember.Replace("VERB", "Remove", StringComparison.Ordinal), $"{bob.Id}", group);
        Assert.Equal(403, (int)(await bob.SendAsync(HttpMethod.Get, List)).Status);
    }

    private static async Task<JsonElement> SendAsync(RunningServer server, int status, string recorded, string user = "", string group = "")
    {
        var cancel = TestContext.Current.CancellationToken;
        var text = recorded.Replace("USER", user, StringComparison.Ordinal).Replace("GROUP", group, StringComparison.Ordinal);
        var (head, body) = text.Split("\n\n") is [var first, var rest] ? (first, rest) : (text, "");
        using var client = new TcpClient();
        await client.ConnectAsync(server.Server.Url.Host, server.Server.Url.Port, cancel);
        await using var stream = client.GetStream();
        var request = $"{head.ReplaceLineEndings("\r\n")}\r\nHost: {server.Server.Url.Authority}\r\nAuthorization: Bearer {((Person)server.Admin).Token}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(cancel);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        var json = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (json.Length == 0)
        {
            return default;
        }

        Assert.Contains("\r\nContent-Type: application/scim+json\r\n", answer, StringComparison.Ordinal);
        return JsonElement.Parse(json);
    }
}
