using System.Text;
using Dossier.Client.Tests.Peers;
using Dossier.Testing;

namespace Dossier.Client.Tests.Configuration;

public sealed class SignInTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tracking_token_is_sent_as_bearer()
    {
        var sent = await SentAsync(uri => new() { ["MLFLOW_TRACKING_URI"] = uri, ["MLFLOW_TRACKING_TOKEN"] = "abc" });
        Assert.Equal("Bearer abc", sent);
    }

    [Fact]
    public async Task User_name_and_password_are_sent_as_basic_and_win_over_a_token()
    {
        var sent = await SentAsync(uri => new()
        {
            ["MLFLOW_TRACKING_URI"] = uri,
            ["MLFLOW_TRACKING_USERNAME"] = "jörg",
            ["MLFLOW_TRACKING_PASSWORD"] = "a:b",
            ["MLFLOW_TRACKING_TOKEN"] = "abc",
        });
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("jörg:a:b")), sent);
    }

    [Fact]
    public async Task User_name_and_password_may_stand_in_the_url_and_do_not_stay_there()
    {
        string? shown = null;
        var sent = await SentAsync(
            uri => new() { ["MLFLOW_TRACKING_URI"] = uri.Replace("http://", "http://me:s%40cret@", StringComparison.Ordinal) },
            options => shown = options.TrackingUri + options.Host + options);
        Assert.Equal("Basic " + Convert.ToBase64String("me:s@cret"u8), sent);
        Assert.DoesNotContain("cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("me:", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_nothing_is_sent() =>
        Assert.Null(await SentAsync(uri => new() { ["MLFLOW_TRACKING_URI"] = uri }));

    [Fact]
    public async Task Databricks_takes_host_and_token_from_the_environment() => Assert.Equal("Bearer dapi1", await SentAsync(
        uri => new() { ["MLFLOW_TRACKING_URI"] = "databricks", ["DATABRICKS_HOST"] = uri, ["DATABRICKS_TOKEN"] = "dapi1" },
        options => Assert.True(options.IsDatabricks)));

    [Theory]
    [InlineData("databricks", null, "Bearer default-token")]
    [InlineData("databricks", "work", "Bearer work=token")]
    [InlineData("databricks://work", null, "Bearer work=token")]
    [InlineData("databricks://old", "work", "Basic dTpw")]
    public async Task Databricks_profiles_are_read_from_the_configuration_file(string trackingUri, string? profile, string authorization)
    {
        var file = _folder.Combine("databrickscfg");
        var sent = await SentAsync(
            uri =>
            {
                File.WriteAllText(file, $"""
                    ; of this machine
                    [DEFAULT]
                    host = {uri}
                    token = default-token

                    [work]
                    # the workspace of the team
                    Host={uri}/
                    token = work=token
                    cluster_id =
                    [old]
                    host = {uri}
                    username = u
                    password = p
                    """);
                return new() { ["MLFLOW_TRACKING_URI"] = trackingUri, ["DATABRICKS_CONFIG_FILE"] = file, ["DATABRICKS_CONFIG_PROFILE"] = profile };
            },
            options => Assert.Equal((trackingUri, true), (options.TrackingUri, options.IsDatabricks)));
        Assert.Equal(authorization, sent);
    }

    [Theory]
    [InlineData(null, "MLFLOW_TRACKING_URI is not set")]
    [InlineData("./mlruns", "must be an http:// or https:// URL")]
    [InlineData("ftp://host", "must be an http:// or https:// URL")]
    [InlineData("databricks://missing", "has no profile [missing]")]
    [InlineData("databricks://hostless", "has no host")]
    [InlineData("databricks://tokenless", "neither a token nor username and password")]
    public void What_is_missing_is_named(string? trackingUri, string message)
    {
        var file = _folder.Combine("databrickscfg");
        File.WriteAllText(file, "[hostless]\ntoken = s3cret\n[tokenless]\nhost = https://x.example\nclient_secret = s3cret\n");
        var error = Assert.Throws<ProtocolException>(() => Options(new() { ["MLFLOW_TRACKING_URI"] = trackingUri, ["DATABRICKS_CONFIG_FILE"] = file }));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Insecure_tls_is_asked_for_by_its_variable()
    {
        Assert.True(Options(new() { ["MLFLOW_TRACKING_URI"] = "https://x.example", ["MLFLOW_TRACKING_INSECURE_TLS"] = "true" }).InsecureTls);
        Assert.False(Options(new() { ["MLFLOW_TRACKING_URI"] = "https://x.example", ["MLFLOW_TRACKING_INSECURE_TLS"] = "false" }).InsecureTls);
    }

    [Fact]
    public async Task No_secret_shows_in_texts_or_errors()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Error(401, ErrorCode.Unauthenticated));
        var options = new DossierClientOptions(peer.Uri) { Credentials = Credentials.Basic("me", "s3cret") };
        using var client = new DossierClient(options);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("x"));
        var basic = Convert.ToBase64String("me:s3cret"u8);
        foreach (var text in (string[])[error.ToString(), options.ToString(), client.ToString(), options.Credentials.ToString()])
        {
            Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
            Assert.DoesNotContain(basic, text, StringComparison.Ordinal);
        }

        var refused = Assert.Throws<ArgumentException>(() => Credentials.Bearer("s3cret\nX-Other: 1"));
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_below_a_path_is_asked_below_that_path()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"run": {}}"""));
        using var client = new DossierClient(new(new Uri(peer.Uri, "/team/mlflow/")));
        await client.Runs.GetAsync("x");
        Assert.Equal("/team/mlflow/api/2.0/mlflow/runs/get", peer.Asked.Single().Path);
    }

    private static DossierClientOptions Options(Dictionary<string, string?> variables) =>
        new TrackingEnvironment(variables.GetValueOrDefault).Options();

    private static async Task<string?> SentAsync(Func<string, Dictionary<string, string?>> variables, Action<DossierClientOptions>? check = null)
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"run": {}}"""));
        var options = Options(variables(peer.Uri.AbsoluteUri.TrimEnd('/')));
        check?.Invoke(options);
        using var client = new DossierClient(options);
        await client.Runs.GetAsync("x");
        return peer.Asked.Single().Authorization;
    }
}
