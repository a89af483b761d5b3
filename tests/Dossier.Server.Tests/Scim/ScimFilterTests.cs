using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Scim;

/// <summary>Any filter finds on the real database what a reading of it in memory finds.</summary>
public abstract class ScimFilterTests(SharedServer shared) : IAsyncLifetime
{
    private static readonly string[] Words = ["ann", "Ann@X", "bob", "Zoë", "ZOË", "a%", "_", "", "\"", "\\", "an", "1", "2", "12", "(x) or [y", "true"];

    private static readonly Gen<string> AnyWord = Gen.OneOf(Words);

    private static readonly Gen<Comparison> AnyComparison = Gen.OneOf(
        Gen.Select(Gen.OneOf("id", "userName", "displayName", "externalId", "emails", "emails[type eq \"work\"].value"), Gen.OneOf("eq", "ne", "co", "sw"), AnyWord, (name, op, value) => new Comparison(name, op, value)),
        Gen.Select(Gen.OneOf("eq", "ne"), Gen.OneOf("true", "false"), (op, value) => new Comparison("active", op, value)));

    // Parentheses, words in any case and spaces are part of the text.
    private static readonly Gen<Node> AnyFilter = Gen.Recursive<Node>((depth, inner) => depth > 3
        ? AnyComparison.Select(comparison => (Node)comparison)
        : Gen.Frequency(
            (2, AnyComparison.Select(comparison => (Node)comparison)),
            (1, Gen.Select(inner, inner, (left, right) => (Node)new Both(left, right))),
            (1, Gen.Select(inner, inner, (left, right) => (Node)new Either(left, right)))));

    private readonly List<Principal> _users = [];

    public async ValueTask InitializeAsync()
    {
        var store = shared.Server.Server.Store.Identity;
        var at = new Change("root", 1);
        var all = await store.ListAsync(new(PrincipalKind.User), default);
        if (all.Total > 1)
        {
            _users.AddRange(all.Items);
            return;
        }

        foreach (var (name, display, external, email, active) in new (string, string?, string?, string?, bool)[]
        {
            ("ann@x", "Ann", "1", null, true), ("bob", "ANNA", null, "Bob@Ann", true), ("zoë", "Zoë", "ann", "zoË@x", false), ("a%b", "_", "2", null, true), ("quote\"\\", null, "\\", null, false),
        })
        {
            await store.CreateAsync(new() { Kind = PrincipalKind.User, Name = name, DisplayName = display, ExternalId = external, Email = email, Active = active }, at, default);
        }

        _users.AddRange((await store.ListAsync(new(PrincipalKind.User), default)).Items);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task A_filter_finds_what_it_says() => await AnyFilter.SampleAsync(
        async filter =>
        {
            var answer = await shared.Server.SendAsync(HttpMethod.Get, $"/api/2.0/preview/scim/v2/Users?attributes=userName&filter={Uri.EscapeDataString(filter.Text)}");
            Assert.True(answer.Status == System.Net.HttpStatusCode.OK, answer.ToString());
            Assert.Equal(
                _users.Where(filter.Matches).Select(user => user.Name),
                answer.Json.GetProperty("Resources").EnumerateArray().Select(user => user.GetProperty("userName").GetString()));
        },
        iter: 300, threads: 1);

    [Fact]
    public async Task Any_text_as_filter_is_answered_or_refused() => await Gen.OneOf(
        Gen.String[0, 30],
        Gen.OneOf("userName", "eq", "and", "or", "(", ")", "[", "]", "\"", "\"a\"", "\\", " ", "not", "true", "urn:", "active").List[0, 10].Select(string.Concat)).SampleAsync(
        async text =>
        {
            var answer = await shared.Server.SendAsync(HttpMethod.Get, $"/api/2.0/preview/scim/v2/Users?filter={Uri.EscapeDataString(text)}");
            Assert.True((int)answer.Status is 200 or 400, answer.ToString());
        },
        iter: 200, threads: 1);

    private abstract record Node
    {
        public abstract string Text { get; }

        public abstract bool Matches(Principal user);
    }

    private sealed record Both(Node Left, Node Right) : Node
    {
        public override string Text => $"{Inner(Left)} AND {Inner(Right)}";

        public override bool Matches(Principal user) => Left.Matches(user) && Right.Matches(user);

        private static string Inner(Node node) => node is Either ? $"({node.Text})" : node.Text;
    }

    private sealed record Either(Node Left, Node Right) : Node
    {
        public override string Text => $"{Left.Text} or {Right.Text}";

        public override bool Matches(Principal user) => Left.Matches(user) || Right.Matches(user);
    }

    private sealed record Comparison(string Name, string Operator, string Value) : Node
    {
        public override string Text => $"{Name.ToUpperInvariant()}  {Operator} {(Name == "active" ? Value : JsonSerializer.Serialize(Value, Options))}";

        private static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public override bool Matches(Principal user)
        {
            var exact = Name is "id" or "externalId";
            var has = Name switch
            {
                "id" => user.Id.ToString(CultureInfo.InvariantCulture),
                "userName" => user.Name,
                "displayName" => user.DisplayName,
                "externalId" => user.ExternalId,
                "active" => user.Active ? "true" : "false",
                _ => user.Email ?? (user.Name.Contains('@', StringComparison.Ordinal) ? user.Name : null),
            };
            var rule = exact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            return Operator switch
            {
                "eq" => has?.Equals(Value, rule) == true,
                "ne" => has?.Equals(Value, rule) != true,
                "co" => has?.Contains(Value, rule) == true,
                _ => has?.StartsWith(Value, rule) == true,
            };
        }
    }
}

public sealed class ScimFilterTestsOnSqlite(SharedServer shared) : ScimFilterTests(shared), IClassFixture<SharedServer>;

public sealed class ScimFilterTestsOnPostgres(SharedPostgresServer shared) : ScimFilterTests(shared), IClassFixture<SharedPostgresServer>;
