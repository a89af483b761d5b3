using System.Globalization;
using Dossier.Protocol;
using Dossier.Storage.Events;

namespace Dossier.Storage.Tracking;

/// <summary>The changes that an update makes to a run, for its event.</summary>
internal static class RunChanges
{
    public static FieldChange[] Between(RunInfo before, RunInfo after) =>
    [
        .. new FieldChange[]
        {
            new("status", before.Status, after.Status),
            new("end_time", Text(before.EndTime), Text(after.EndTime)),
            new("run_name", before.RunName, after.RunName),
        }.Where(static change => change.From != change.To),
    ];

    private static string? Text(long? time) => time?.ToString(CultureInfo.InvariantCulture);
}
