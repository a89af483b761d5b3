using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

internal sealed class TrackingStore(SqlDatabase database)
{
    internal SqlDatabase Database => database;
}
