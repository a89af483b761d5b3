using System.Text.RegularExpressions;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Replay;

/// <summary>
/// Which live run or logged model stands for which recorded one. One that the recording uses without showing how it was made
/// (only the first request of each kind is recorded) is made when it is first named.
/// </summary>
public sealed partial class IdMap(RunningServer server)
{
    private const string Nobody = "00000000000000000000000000000000";
    private readonly Dictionary<string, string> _liveOf = [];

    /// <summary>Learns from a recorded and a live answer that give the same thing.</summary>
    public void Learn(string recorded, string live)
    {
        var known = Id().Matches(recorded).Select(match => match.Value).Distinct().Where(id => !_liveOf.ContainsKey(id)).ToList();
        var fresh = Id().Matches(live).Select(match => match.Value).Distinct().Where(id => !_liveOf.ContainsValue(id)).ToList();
        if (known.Count == 1 && fresh.Count == 1)
        {
            _liveOf.Add(known[0], fresh[0]);
        }
    }

    /// <summary>The text of a recorded request with live ids.</summary>
    public async Task<string> ToLiveAsync(string text)
    {
        foreach (var id in Id().Matches(text).Select(match => match.Value).Distinct().Where(id => id != Nobody))
        {
            if (!_liveOf.ContainsKey(id))
            {
                _liveOf.Add(id, id.StartsWith("m-", StringComparison.Ordinal) ? await CreateModelAsync() : await CreateRunAsync());
            }
        }

        return Id().Replace(text, match => _liveOf.GetValueOrDefault(match.Value, match.Value));
    }

    /// <summary>The text of a live answer with recorded ids.</summary>
    public string ToRecorded(string text) =>
        Id().Replace(text, match => _liveOf.FirstOrDefault(pair => pair.Value == match.Value).Key ?? match.Value);

    private async Task<string> CreateRunAsync()
    {
        var run = await server.PostAsync("runs/create", """{"experiment_id": "1", "start_time": 1795396684923}""");
        return run.Json.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    private async Task<string> CreateModelAsync()
    {
        var model = await server.PostAsync("logged-models", """{"experiment_id": "1", "name": "lm", "tags": [{"key": "t", "value": "1"}]}""");
        return model.Json.GetProperty("model").GetProperty("info").GetProperty("model_id").GetString()!;
    }

    // Runs, logged models and, as UUIDs, webhooks.
    [GeneratedRegex("(m-)?(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|(?<![0-9a-f])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])")]
    private static partial Regex Id();
}
