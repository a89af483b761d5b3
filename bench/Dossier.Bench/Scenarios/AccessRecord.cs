using System.Text;
using Dossier.Bench.Http;

namespace Dossier.Bench.Scenarios;

/// <summary>The record that access is measured on, made on a server that asks nobody to sign in.</summary>
/// <param name="target">The server.</param>
/// <param name="sizes">How much of it.</param>
internal sealed class AccessRecord(Target target, Sizes sizes)
{
    /// <summary>How many experiments and models the users may read.</summary>
    public const int Readable = 100;

    private const string Password = "of the bench: long enough";
    private const int RunsOfExperiment = 20;

    /// <summary>The users: one in no group, one in many.</summary>
    public static IReadOnlyList<string> Users { get; } = ["bench-alone", "bench-in-groups"];

    /// <summary>An experiment that they may read and change, with runs.</summary>
    public string Experiment { get; private set; } = "";

    /// <summary>A run of it.</summary>
    public string Run { get; private set; } = "";

    /// <summary>A small file of the run.</summary>
    public string File => $"/api/2.0/mlflow-artifacts/artifacts/{Experiment}/{Run}/artifacts/small.txt";

    public void Create()
    {
        using var calls = new MlflowCalls(target);

        // Without an administrator no server asks to sign in.
        CreateUser(calls, "bench-admin");
        calls.Answer(RequestTemplate.Patch(target, $"{MlflowCalls.Api}/users/update-admin", """{"username":"bench-admin","is_admin":true}"""));
        var ids = Users.Select(user => CreateUser(calls, user)).ToList();
        for (var group = 0; group < sizes.Groups; group++)
        {
            calls.Answer(RequestTemplate.Post(target, "/api/2.0/preview/scim/v2/Groups", $$"""{"displayName":"bench-{{group}}","members":[{"value":"{{ids[1]}}"}]}"""));
        }

        // A plain name lies in the home folder of its creator; what lies in /Shared is everybody's.
        for (var experiment = 0; experiment < sizes.Experiments; experiment++)
        {
            var id = calls.CreateExperiment(experiment < Readable ? $"/Shared/bench/{experiment}" : $"bench-{experiment}");
            Experiment = experiment == 0 ? id : Experiment;
        }

        for (var run = 0; run < RunsOfExperiment; run++)
        {
            Run = calls.CreateRun(Experiment, ""","run_name":"run","tags":[{"key":"team","value":"vision"}]""");
        }

        using var connection = new HttpConnection(target);
        byte[] file = [.. RequestTemplate.Put(target, File, 1000).Bytes.Span, .. Encoding.ASCII.GetBytes(new string('x', 1000))];
        connection.Exchange(file);

        for (var model = 0; model < sizes.Models; model++)
        {
            calls.Post("/registered-models/create", $$"""{"name":"bench-{{model:0000}}"}""");
            foreach (var user in model < Readable ? Users : [])
            {
                calls.Post("/registered-models/permissions/create", $$"""{"name":"bench-{{model:0000}}","username":"{{user}}","permission":"READ"}""");
            }
        }
    }

    /// <summary>The same server as a user with a token sees it.</summary>
    public static Target SignedIn(Target asking, string user)
    {
        var byPassword = asking with { Authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password}"))}" };
        using var calls = new MlflowCalls(byPassword);
        var token = calls.Answer(RequestTemplate.Post(byPassword, "/api/2.0/token/create", "{}"));
        return asking with { Authorization = $"Bearer {token.GetProperty("token_value").GetString()}" };
    }

    private static long CreateUser(MlflowCalls calls, string user) =>
        calls.Post("/users/create", $$"""{"username":"{{user}}","password":"{{Password}}"}""").GetProperty("user").GetProperty("id").GetInt64();
}
