using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>
/// A server with a victim, who keeps a secret in everything that can hold one, and an attacker, who has an experiment and a model too, and no grant on the victim's.
/// </summary>
public class Attack : IAsyncLifetime
{
    /// <summary>What must not come out: it is in a param, in a tag, in the artifact <c>secret.txt</c> and in descriptions.</summary>
    public const string Secret = "the-secret-value";

    public RunningServer Server { get; private set; } = null!;

    public Person Victim { get; private set; } = null!;

    public Person Attacker { get; private set; } = null!;

    /// <summary>What is the victim's.</summary>
    public Belongings Theirs { get; private set; } = null!;

    /// <summary>What is the attacker's.</summary>
    public Belongings Mine { get; private set; } = null!;

    protected virtual Database Database => Database.Sqlite;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(Database, requireSignIn: true);
        (Victim, Attacker) = (await Server.UserAsync("victim"), await Server.UserAsync("attacker"));
        Theirs = await Belongings.OfAsync(Victim, "secret-plans", Secret);
        Mine = await Belongings.OfAsync(Attacker, "my-own", "nothing");
    }

    /// <summary>Puts what is named in braces into a text: <c>{run}</c> is the victim's run, <c>{my-run}</c> the attacker's, <c>{no-run}</c> nobody's.</summary>
    public string Fill(string text) => Nobodys.Fill(Mine.Fill(Theirs.Fill(text, ""), "my-"), "no-");

    /// <summary>The same, with what isn't there instead of what is the victim's.</summary>
    public string FillMissing(string text) => Nobodys.Fill(Mine.Fill(text, "my-"), "");

    /// <summary>Sends a request of the attacker.</summary>
    /// <param name="request">Method and path below <c>/api/2.0/mlflow/</c> with things named in braces, e.g. <c>GET runs/get?run_id={run}</c>.</param>
    /// <param name="body">A body with things named in double braces.</param>
    public Task<Answer> TryAsync(string request, string? body = null) => SendAsync(Fill(request), body is null ? null : Fill(body));

    /// <summary>Sends a request of the attacker as it stands.</summary>
    public Task<Answer> SendAsync(string request, string? body)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ', 2)[1]);
        return Attacker.SendAsync(new(method), path.StartsWith('/') ? path : $"/api/2.0/mlflow/{path}", body);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    // Alike in form, so that only whether it is there makes a difference.
    private static Belongings Nobodys { get; } = new("900000001", "no-plans", new string('0', 32), $"m-{new string('0', 32)}", "no-plans-model");
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class AttackOnPostgres : Attack
{
    protected override Database Database => Database.Postgres;
}

/// <summary>An experiment with a run and a logged model, and a registered model with a version whose files are the run's.</summary>
public sealed record Belongings(string Experiment, string Name, string Run, string LoggedModel, string Model)
{
    public static async Task<Belongings> OfAsync(Api owner, string name, string value)
    {
        var experiment = Text(await PostAsync("experiments/create", new { name, tags = new[] { new { key = "t", value } } }), "experiment_id");
        var run = Text(await PostAsync("runs/create", new { experiment_id = experiment, run_name = value }), "run", "info", "run_id");
        await PostAsync("runs/log-batch", new
        {
            run_id = run,
            metrics = new[] { new { key = "m", value = 1, timestamp = 1, step = 1 } },
            @params = new[] { new { key = "p", value } },
            tags = new[] { new { key = "t", value } },
        });
        await PostAsync("runs/log-inputs", new
        {
            run_id = run,
            datasets = new[] { new { dataset = new { name = $"{name}-data", digest = "d", source_type = "local", source = value } } },
        });
        var model = Text(await PostAsync("logged-models", new { experiment_id = experiment, name = $"{name}-logged" }), "model", "info", "model_id");
        foreach (var folder in new[] { $"{run}/artifacts", $"models/{model}/artifacts" })
        {
            await owner.SendAsync(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{folder}/secret.txt", value);
        }

        await PostAsync("registered-models/create", new { name = $"{name}-model", description = value });
        await PostAsync("model-versions/create", new { name = $"{name}-model", source = $"runs:/{run}", run_id = run, description = value });
        return new(experiment, name, run, model, $"{name}-model");

        async Task<JsonElement> PostAsync(string path, object message)
        {
            var answer = await owner.PostAsync(path, JsonSerializer.Serialize(message));
            return answer.Status == System.Net.HttpStatusCode.OK ? answer.Json : throw new InvalidOperationException($"{path}: {answer}");
        }
    }

    /// <summary>Puts these in for what is named in braces with the prefix.</summary>
    public string Fill(string text, string prefix) => text
        .Replace($"{{{prefix}exp}}", Experiment, StringComparison.Ordinal)
        .Replace($"{{{prefix}exp-name}}", Name, StringComparison.Ordinal)
        .Replace($"{{{prefix}run}}", Run, StringComparison.Ordinal)
        .Replace($"{{{prefix}logged}}", LoggedModel, StringComparison.Ordinal)
        .Replace($"{{{prefix}model}}", Model, StringComparison.Ordinal);

    /// <summary>An answer about these as it would be about what isn't there.</summary>
    public string Unfill(string text, Attack attack) => text
        .Replace(Run, attack.Fill("{no-run}"), StringComparison.Ordinal)
        .Replace(LoggedModel, attack.Fill("{no-logged}"), StringComparison.Ordinal)
        .Replace(Model, attack.Fill("{no-model}"), StringComparison.Ordinal)
        .Replace(Name, attack.Fill("{no-exp-name}"), StringComparison.Ordinal)
        .Replace($"/{Experiment}/", attack.Fill("/{no-exp}/"), StringComparison.Ordinal)
        .Replace($"'{Experiment}", attack.Fill("'{no-exp}"), StringComparison.Ordinal);

    private static string Text(JsonElement answer, params string[] path) => path.Aggregate(answer, (at, name) => at.GetProperty(name)).GetString()!;
}
