using System.Globalization;
using System.Text.Json;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <inheritdoc cref="IAuditStore"/>
internal sealed class AuditStore(SqlDatabase database) : IAuditStore
{
    private readonly AuditSealer _sealer = new(database);

    public Task<Page<AuditEvent>> ListAsync(EventQuery query, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var key = query is { ObjectType: { } type, ObjectId: { } id } && ObjectName.ModelOf(type, id) is { } model
            ? await ObjectName.KeyOfModelAsync(session, model)
            : null;
        var page = await new EventSearch(session, query, key).RunAsync();
        return new Page<AuditEvent>([.. page.Items.Select(ToWire)], page.NextPageToken);
    }, cancel);

    public Task<IReadOnlyList<StagedVersion>?> FindInStageAsync(string name, string stage, long at, bool ofEarlierToo, CancellationToken cancel) =>
        database.ReadAsync(session => StageHistory.FindAsync(session, name, stage, at, ofEarlierToo), cancel);

    public Task SealAsync(long at, CancellationToken cancel) => _sealer.SealAsync(at, cancel);

    public Task<AuditVerification> VerifyAsync(long after, int seals, string? head, CancellationToken cancel) =>
        AuditVerifier.VerifyAsync(database, after, seals, head, cancel);

    public Task RecordAsync(IReadOnlyList<Observation> observations, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        foreach (var seen in observations)
        {
            await EventWriter.WriteAsync(session, seen.By, new EventAction(seen.Action, seen.ObjectType), seen.ObjectId,
                await KeyAsync(session, seen), EventDetail.Facts(seen.Fields));
        }
    }, cancel);

    private static async ValueTask<string?> KeyAsync(SqlSession session, Observation seen) =>
        ObjectName.ModelOf(seen.ObjectType, seen.ObjectId) is { } model
            ? await session.FirstAsync<string?>("SELECT public_id FROM registered_models WHERE name = $1", static row => row.Text(0), null, model)
            : null;

    private static AuditEvent ToWire(StoredEvent stored)
    {
        using var detail = JsonDocument.Parse(stored.Detail);
        return new()
        {
            Id = stored.Position.Id.ToString(CultureInfo.InvariantCulture),
            Timestamp = stored.At,
            Principal = stored.Principal,
            Action = stored.Action,
            ObjectType = stored.ObjectType,
            ObjectId = stored.ObjectId,
            Detail = detail.RootElement.Clone(),
        };
    }
}
