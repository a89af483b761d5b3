using System.Diagnostics;
using System.Globalization;
using Dossier.Testing;

namespace Dossier.Durability.Tests;

/// <summary>
/// Many writers, <c>kill -9</c> on a random acknowledgement or soon after, a restart on the same database, again and again.
/// <c>DOSSIER_KILL_ROUNDS</c> asks for other than the usual eight rounds (fewer on a slow machine), <c>DOSSIER_KILL_SEED</c> for the moments of an earlier failure.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Writers = 16;
    private const int UsualRounds = 8;
    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_acknowledged_write_survives_a_killed_server_on_SQLite()
    {
        var database = _folder.Combine("dossier.db");
        await KillAgainAndAgainAsync($"sqlite:///{database}", () => SqliteFile.CheckCopyAsync(database));
    }

    [Fact]
    public async Task Every_acknowledged_write_survives_a_killed_server_on_PostgreSQL()
    {
        var postgres = await PostgresServer.GetAsync();
        var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await KillAgainAndAgainAsync(database.Uri, () => Task.CompletedTask);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    private async Task KillAgainAndAgainAsync(string backendStore, Func<Task> checkDatabase)
    {
        var seed = Setting("DOSSIER_KILL_SEED", Random.Shared.Next());
        var random = new Random(seed);
        var stories = new List<Story>();
        try
        {
            var (asked, clock) = (Setting("DOSSIER_KILL_ROUNDS", 0), Stopwatch.StartNew());
            for (var round = 0; asked > 0 ? round < asked : round < UsualRounds && clock.Elapsed < UsualTime; round++)
            {
                var ofRound = await WriteUntilKilledAsync(backendStore, round, random);
                stories.AddRange(ofRound);
                await checkDatabase();
                if (random.Next(2) == 0)
                {
                    await KillWhileStartingAsync(backendStore, TimeSpan.FromMilliseconds(random.Next(50, 500)));
                }

                using var restarted = await StartAsync(backendStore);
                await CheckAsync(restarted, ofRound);
            }

            // Later rounds must not harm what earlier ones wrote.
            using var last = await StartAsync(backendStore);
            await CheckAsync(last, stories);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"With DOSSIER_KILL_SEED={seed}: {error.Message}", error);
        }

        Assert.True(stories.Sum(story => story.Acknowledged) > 100, "The server hardly wrote anything before it was killed, so the test shows nothing.");
    }

    private async Task<List<Story>> WriteUntilKilledAsync(string backendStore, int round, Random random)
    {
        using var server = await StartAsync(backendStore);
        var created = await server.Client.WriteAsync("experiments/create", new { name = $"round {round}" });
        var experiment = created.Text("experiment_id");
        // An answer sent too early is found out in the instant after it; a write torn in two, at any moment.
        var left = random.Next(20, 1000);
        var delay = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(20));
        var killing = Task.CompletedTask;
        void OnAcknowledged()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                killing = KillAsync(server, delay);
            }
        }

        var writers = Enumerable.Range(0, Writers).Select(writer => WriteStoriesAsync(server.Client, number => writer % 4 == 0
            ? new ModelStory($"model-{round}-{writer}-{number}") { OnAcknowledged = OnAcknowledged }
            : new RunStory(experiment, $"run-{round}-{writer}-{number}") { OnAcknowledged = OnAcknowledged })).ToList();
        var told = await Task.WhenAll(writers);
        await killing;
        return [.. told.SelectMany(stories => stories)];
    }

    private static async Task KillAsync(DossierProcess server, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay);
        }

        server.Kill();
    }

    private static async Task<List<Story>> WriteStoriesAsync(HttpClient client, Func<int, Story> next)
    {
        var stories = new List<Story>();
        try
        {
            while (true)
            {
                var story = next(stories.Count);
                stories.Add(story);
                await story.WriteAsync(client);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // Killed, as was meant. What the last write came to is for the check to find out.
            return stories;
        }
    }

    private async Task KillWhileStartingAsync(string backendStore, TimeSpan life)
    {
        using var server = DossierProcess.Launch(backendStore, _folder.Combine("artifacts"));
        await Task.Delay(life);
    }

    private Task<DossierProcess> StartAsync(string backendStore) => DossierProcess.StartAsync(backendStore, _folder.Combine("artifacts"));

    private static Task CheckAsync(DossierProcess server, IEnumerable<Story> stories) =>
        Parallel.ForEachAsync(stories, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (story, _) => await story.CheckAsync(server.Client));
}
