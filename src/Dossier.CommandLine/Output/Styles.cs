using Dossier.Protocol;
using Spectre.Console;

namespace Dossier.CommandLine.Output;

/// <summary>The few colours of the terminal's text.</summary>
public static class Styles
{
    /// <summary>Headers and titles.</summary>
    public static Style Header { get; } = new(decoration: Decoration.Bold);

    /// <summary>What accompanies: counts, hints, tree lines.</summary>
    public static Style Faint { get; } = new(decoration: Decoration.Dim);

    private static readonly Style Good = new(Color.Green);
    private static readonly Style Underway = new(Color.Yellow);
    private static readonly Style Bad = new(Color.Red);

    /// <summary>How a cell is shown.</summary>
    public static Style OfCell(ColumnKind kind, string text) => (kind, text) switch
    {
        (not ColumnKind.State, _) => Style.Plain,
        (_, RunStatus.Finished or ModelStage.Production or "READY" or LoggedModelStatus.Ready) => Good,
        (_, RunStatus.Running or RunStatus.Scheduled or ModelStage.Staging or "PENDING_REGISTRATION" or LoggedModelStatus.Pending) => Underway,
        (_, RunStatus.Failed or RunStatus.Killed or LifecycleStage.Deleted or "FAILED_REGISTRATION" or LoggedModelStatus.UploadFailed) => Bad,
        (_, ModelStage.None or ModelStage.Archived) => Faint,
        _ => Style.Plain,
    };
}
