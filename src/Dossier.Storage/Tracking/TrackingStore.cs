using Dossier.Core.Tracking;
using Dossier.Storage.Access;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Experiments and runs in an SQL database. One file for each kind of request.</summary>
internal sealed partial class TrackingStore : ITrackingStore
{
    private readonly SqlDatabase _database;
    private readonly SearchTarget _experiments = ExperimentSearch.Target();
    private readonly SearchTarget _runs = RunSearch.Target();
    private readonly MetricKeys _metricKeys = new();
    private readonly RunDetails _details;
    private readonly AccessVersion _accessVersion;

    public TrackingStore(SqlDatabase database, AccessVersion accessVersion) =>
        (_database, _accessVersion, _details) = (database, accessVersion, new RunDetails(database.Dialect, _metricKeys));
}
