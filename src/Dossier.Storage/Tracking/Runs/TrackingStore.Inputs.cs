using System.Text.Json;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    private const int LongestModelHistory = 1_000_000;

    private static readonly BulkInsert InsertModelInputs = new("model_inputs", "ON CONFLICT DO NOTHING",
        new BulkColumn("run_id", SqlKind.Integer), new BulkColumn("model_id", SqlKind.Text));

    private static readonly BulkInsert InsertModelOutputs = new("model_outputs", "ON CONFLICT DO NOTHING",
        new BulkColumn("run_id", SqlKind.Integer), new BulkColumn("model_id", SqlKind.Text), new BulkColumn("step", SqlKind.Integer));

    public Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<ModelInput> models, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            var run = await RunKey.LockActiveAsync(session, runId);
            var addedDatasets = await DatasetInputTable.WriteAsync(session, run, datasets);
            var addedModels = await session.InsertManyAsync(InsertModelInputs, models.SelectMany(model => new SqlValue[] { run.Id, model.ModelId }).ToArray());
            if (addedDatasets.Count + addedModels > 0)
            {
                await EventWriter.WriteAsync(session, change, EventAction.RunLogInputs, runId, EventDetail.Of(
                    [new Appended("datasets", addedDatasets.Count, addedDatasets), new Appended("models", addedModels, [.. models.Select(static model => model.ModelId)])], []));
            }
        }, cancel);

    public Task LogOutputsAsync(string runId, IReadOnlyList<ModelOutput> models, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            var run = await RunKey.LockActiveAsync(session, runId);
            var added = await session.InsertManyAsync(InsertModelOutputs, models.SelectMany(model => new SqlValue[] { run.Id, model.ModelId, model.Step }).ToArray());
            if (added > 0)
            {
                await EventWriter.WriteAsync(session, change, EventAction.RunLogOutputs, runId,
                    EventDetail.Of([new Appended("models", added, [.. models.Select(static model => model.ModelId)])], []));
            }
        }, cancel);

    public Task LogModelAsync(string runId, string modelJson, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            var run = await RunKey.LockActiveAsync(session, runId);
            var before = await TagTable.OfRuns.FindAsync(session, run.Id, WellKnownTags.LogModelHistory);
            var after = Append(before, modelJson);
            await TagTable.OfRuns.SetAsync(session, run.Id, [new Tag(WellKnownTags.LogModelHistory, after)]);
            await EventWriter.WriteAsync(session, change, EventAction.RunLogModel, runId,
                EventDetail.Changes(new FieldChange(TagTable.FieldOf(WellKnownTags.LogModelHistory), before, after)));
        }, cancel);

    private static string Append(string? list, string item)
    {
        if (list is null)
        {
            return $"[{item}]";
        }

        if (list.Length + item.Length > LongestModelHistory)
        {
            throw ProtocolException.Invalid($"The tag '{WellKnownTags.LogModelHistory}' would exceed {LongestModelHistory} characters. Log further models to another run.");
        }

        var end = list.TrimEnd();
        return IsList(end, out var isEmpty) ? $"{end.AsSpan(0, end.Length - 1)}{(isEmpty ? "" : ", ")}{item}]" : throw ProtocolException.Invalid(
            $"The tag '{WellKnownTags.LogModelHistory}' of the run is not a JSON list, so no model can be added to it. Delete the tag first.");
    }

    private static bool IsList(string text, out bool isEmpty)
    {
        isEmpty = false;
        try
        {
            using var document = JsonDocument.Parse(text);
            isEmpty = document.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 0;
            return document.RootElement.ValueKind == JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
