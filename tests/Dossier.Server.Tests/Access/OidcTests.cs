using System.Net;
using System.Text;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Server.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace Dossier.Server.Tests.Access;

public sealed class OidcTests : IAsyncLifetime
{
    private const string Me = "/api/2.0/token/list";
    private IdentityProvider _provider = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        _server = await RunningServer.StartAsync(options => options with { RequireSignIn = true, Oidc = _provider.Options });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_the_provider_signs_in_and_makes_the_user()
    {
        var token = await _provider.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        var ann = await FindAsync("ann@example.com");
        Assert.Equal(("sub-ann", "ann"), (ann!.ExternalId, ann.DisplayName));
    }

    [Fact]
    public async Task Tokens_that_the_provider_did_not_make_for_this_server_sign_nobody_in()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_provider.Forge()));
        var publicKey = new SymmetricSecurityKey(_provider.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = _provider.Key.KeyId };
        var publicPem = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(_provider.Key.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = _provider.Key.KeyId };
        var ownKey = new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = _provider.Key.KeyId };
        var right = _provider.Forge().Split('.');
        var none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        foreach (var (what, token) in new (string, string)[]
        {
            ("another audience", _provider.Forge(audience: "another")),
            ("another issuer", _provider.Forge(issuer: "https://login.example.com/")),
            ("expired", _provider.Forge(minutes: -30)),
            ("another key of the same id", _provider.Forge(new(ownKey, SecurityAlgorithms.RsaSha256))),
            ("the public key as a secret", _provider.Forge(new(publicKey, SecurityAlgorithms.HmacSha256))),
            ("the public key's PEM as a secret", _provider.Forge(new(publicPem, SecurityAlgorithms.HmacSha256))),
            ("no signature", $"{right[0]}.{right[1]}."),
            ("alg none", $"{none}.{right[1]}."),
            ("alg none with a signature", $"{none}.{right[1]}.{right[2]}"),
            ("other claims", $"{right[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(right[1]).Replace("sub-ann", "sub-ben", StringComparison.Ordinal))}.{right[2]}"),
        })
        {
            Assert.Equal((what, HttpStatusCode.Unauthorized), (what, await StatusAsync(token)));
        }
    }

    [Fact]
    public async Task A_token_without_a_subject_or_a_name_signs_nobody_in()
    {
        foreach (var claim in new[] { "sub", "email" })
        {
            _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com");
            _provider.User.Remove(claim);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_provider.Forge()));
        }
    }

    [Fact]
    public async Task The_providers_new_keys_are_found_without_a_restart()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await _provider.SignInAsync()));
        await _provider.RenewKeyAsync();
        var token = await _provider.SignInAsync();
        for (var tries = 0; await StatusAsync(token) != HttpStatusCode.OK; tries++)
        {
            Assert.True(tries < 100, "the new key is not found");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Nobody_takes_over_a_user_whom_somebody_else_made()
    {
        await _server.UserAsync("root@example.com", BuiltIn.AdminsId);
        _provider.User = IdentityProvider.Claims("sub-mallory", "ROOT@example.com");
        var refused = await SendAsync(_provider.Forge());
        Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (refused.Status, refused.ErrorCode));
        Assert.Contains("external id", refused.Message, StringComparison.Ordinal);

        // An address that changed hands at the provider is another person.
        _provider.User = IdentityProvider.Claims("sub-first", "shared@example.com");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_provider.Forge()));
        _provider.User = IdentityProvider.Claims("sub-second", "shared@example.com");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_provider.Forge()));
    }

    [Fact]
    public async Task A_name_that_people_choose_at_the_provider_is_held_to_the_rules_for_users()
    {
        var robot = await _server.ServicePrincipalAsync("nightly");
        foreach (var name in new[] { robot.Name, robot.Name.ToUpperInvariant(), "ann/x", "..", "a:b", " ann", "ann\u200b", "local" })
        {
            _provider.User = IdentityProvider.Claims("sub-mallory", name);
            var refused = await SendAsync(_provider.Forge());
            Assert.True(refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{name}: {refused}");
        }

        Assert.Null(await FindAsync(robot.Name));
    }

    [Fact]
    public async Task An_address_that_the_provider_has_not_verified_names_nobody()
    {
        _provider.User["email_verified"] = false;
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_provider.Forge()));
        Assert.Null(await FindAsync("ann@example.com"));
    }

    [Fact]
    public async Task A_deactivated_user_stays_out()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_provider.Forge()));
        var ann = (await FindAsync("ann@example.com"))!;
        await _server.Server.Store.Identity.UpdateAsync(
            PrincipalKind.User, ann.Id, static user => user with { Active = false }, MemberChange.None, new("root", 1), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_provider.Forge()));
    }

    [Fact]
    public async Task Memberships_that_the_provider_gave_it_takes_back_and_no_others()
    {
        var (vision, nlp, own) = (await _server.GroupAsync("vision"), await _server.GroupAsync("nlp"), await _server.GroupAsync("own"));
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com", "vision", "nlp", "unknown", "users", "admins");
        var ann = await GroupsAsync();
        Assert.Equal([BuiltIn.UsersId, vision, nlp], ann.Groups);

        // Somebody here adds one more, and the provider's next token names fewer.
        await _server.Server.Store.Identity.ChangeMembersAsync(own, [ann.Id], [], new("root", 1), TestContext.Current.CancellationToken);
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com", "nlp");
        Assert.Equal([BuiltIn.UsersId, nlp, own], (await GroupsAsync()).Groups);
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com", "nlp", "own");
        await GroupsAsync();
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com");
        Assert.Equal([BuiltIn.UsersId, own], (await GroupsAsync()).Groups);
    }

    [Fact]
    public async Task Only_the_group_that_the_operator_named_administers()
    {
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com", "admins");
        Assert.DoesNotContain(BuiltIn.AdminsId, (await GroupsAsync()).Groups);
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com", "mlops");
        Assert.Contains(BuiltIn.AdminsId, (await GroupsAsync()).Groups);
        _provider.User = IdentityProvider.Claims("sub-ann", "ann@example.com");
        Assert.DoesNotContain(BuiltIn.AdminsId, (await GroupsAsync()).Groups);
    }

    private async Task<(long Id, List<long> Groups)> GroupsAsync()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_provider.Forge()));
        var ann = (await FindAsync("ann@example.com"))!;
        var caller = await _server.Server.Store.Identity.FindCallerAsync(ann.Id, TestContext.Current.CancellationToken);
        return (ann.Id, [.. caller!.PrincipalIds.Where(id => id != ann.Id)]);
    }

    private Task<Principal?> FindAsync(string name) => _server.Server.Store.Identity.FindAsync(PrincipalKind.User, name, TestContext.Current.CancellationToken);

    private async Task<HttpStatusCode> StatusAsync(string token) => (await SendAsync(token)).Status;

    private async Task<Answer> SendAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Authorization = new("Bearer", token);
        return await _server.Nobody.SendAsync(request);
    }
}
