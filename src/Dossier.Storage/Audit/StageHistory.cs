using System.Globalization;
using System.Text.Json;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>Replays what happened to the versions of a registered model, to say which were in a stage at a time.</summary>
internal static class StageHistory
{
    private static readonly IReadOnlyList<string> Actions =
    [
        EventAction.RegisteredModelCreate.Name, EventAction.RegisteredModelDelete.Name,
        EventAction.ModelVersionCreate.Name, EventAction.ModelVersionTransition.Name, EventAction.ModelVersionDelete.Name,
    ];

    /// <summary>The versions; null if there never was a model of this name.</summary>
    public static async ValueTask<IReadOnlyList<StagedVersion>?> FindAsync(SqlSession session, string name, string stage, long at, bool ofEarlierToo)
    {
        if (await ObjectName.KeyOfModelAsync(session, name) is not { } key)
        {
            return null;
        }

        // A model that came only later took the name from another one, which is then meant. Who may read this one may know nothing of that one.
        return await ReplayAsync(session, key, stage, at)
            ?? (ofEarlierToo && await ObjectName.LastKeyOfModelAsync(session, name, at + 1) is { } earlier ? await ReplayAsync(session, earlier, stage, at) : null)
            ?? [];
    }

    // Null: the model was not there yet.
    private static async ValueTask<List<StagedVersion>?> ReplayAsync(SqlSession session, string key, string stage, long at)
    {
        var (stages, began) = (new SortedDictionary<int, (string Stage, StagedVersion Holder)>(), false);
        var dialect = session.Dialect;
        var sql = $"SELECT {EventStream.Columns} FROM events WHERE object_key = $1 AND at <= $2 AND {dialect.In("action", 3)} ORDER BY {EventConditions.Order(dialect, ascending: true)}";
        await session.ForEachAsync(sql, row =>
        {
            began = true;
            Apply(stages, EventStream.Read(row));
        }, key, at, SqlValue.List(Actions));
        return began ? [.. stages.Values.Where(one => one.Stage == stage).Select(one => one.Holder)] : null;
    }

    private static void Apply(SortedDictionary<int, (string Stage, StagedVersion Holder)> stages, StoredEvent happened)
    {
        if (happened.ObjectType == ObjectName.RegisteredModel)
        {
            stages.Clear();
            return;
        }

        var version = ObjectName.VersionOf(happened.ObjectType, happened.ObjectId)!;
        var number = int.Parse(version, CultureInfo.InvariantCulture);
        if (happened.Action == EventAction.ModelVersionDelete.Name)
        {
            stages.Remove(number);
            return;
        }

        var stage = happened.Action == EventAction.ModelVersionCreate.Name ? ModelStage.None : StageOf(happened.Detail);
        if (!stages.TryGetValue(number, out var before) || before.Stage != stage)
        {
            stages[number] = (stage, new(version, happened.At, happened.Principal, happened.Position.Id.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static string StageOf(string detail)
    {
        using var json = JsonDocument.Parse(detail);
        return json.RootElement.GetProperty("changes").EnumerateArray()
            .Single(static change => change.GetProperty("field").ValueEquals("current_stage")).GetProperty("to").GetString()!;
    }
}
