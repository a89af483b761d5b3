using Dossier.Server.Hosting;
using Dossier.Testing;

namespace Dossier.Client.Tests.RealServer;

/// <summary>The SDK against a server that asks callers to sign in, with credentials as the environment gives them.</summary>
public sealed class SignedInTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private DossierServer _server = null!;
    private string _oneTime = "";

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions
        {
            Port = 0,
            BackendStore = "sqlite:///" + _folder.Combine("dossier.db"),
            ArtifactRoot = _folder.Combine("artifacts"),
            RequireSignIn = true,
        };
        await using (var record = await DossierRecord.OpenAsync(options, default))
        {
            _oneTime = await record.Domain.Administrators.CreateAsync("ann", default);
        }

        _server = await DossierServer.StartAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task User_name_and_password_sign_in_and_so_does_a_token()
    {
        using (var first = Client(("MLFLOW_TRACKING_USERNAME", "ann"), ("MLFLOW_TRACKING_PASSWORD", _oneTime)))
        {
            Assert.Equal(403, (await Assert.ThrowsAsync<ProtocolException>(() => first.Experiments.GetAsync("0"))).StatusCode);
            await first.Passwords.ChangeAsync(_oneTime, "correct horse");
        }

        using var ann = Client(("MLFLOW_TRACKING_USERNAME", "ann"), ("MLFLOW_TRACKING_PASSWORD", "correct horse"));
        Assert.Equal("Default", (await ann.Experiments.GetAsync("0")).Name);
        var created = await ann.Tokens.CreateAsync("ci", TimeSpan.FromHours(1));

        using var program = Client(("MLFLOW_TRACKING_TOKEN", created.TokenValue));
        Assert.Equal("Default", (await program.Experiments.GetAsync("0")).Name);
        Assert.Equal("ci", Assert.Single(await program.Tokens.ListAsync()).Comment);
        Assert.Equal("ann", Assert.Single(await program.Tokens.ListAllAsync("ann")).OwnerName);
        await program.Tokens.DeleteAsync(created.TokenInfo.TokenId);
        Assert.Equal("UNAUTHENTICATED", (await Assert.ThrowsAsync<ProtocolException>(() => program.Tokens.ListAsync())).ErrorCode);
        Assert.DoesNotContain(created.TokenValue, $"{created} {program}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_the_answer_says_how_to_sign_in()
    {
        using var nobody = Client();
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => nobody.Experiments.GetAsync("0"));
        Assert.Equal((401, "UNAUTHENTICATED"), (refused.StatusCode, refused.ErrorCode));
        Assert.Contains("MLFLOW_TRACKING_TOKEN", refused.Message, StringComparison.Ordinal);
    }

    private DossierClient Client(params (string Name, string Value)[] environment) => new(
        new TrackingEnvironment(name => environment.FirstOrDefault(variable => variable.Name == name).Value).Options(_server.Url.AbsoluteUri) with { MaxRetries = 0 });
}
