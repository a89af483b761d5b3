using System.Globalization;

namespace Dossier.CommandLine.Output;

/// <summary>Progress of work on many things: <c>Reading pictures ━━━━━━── 71 %, 712 of 1,004, 310 pictures/s, 0:01 left</c>.</summary>
/// <param name="line">Where it is shown.</param>
/// <param name="time">Says how fast it goes.</param>
/// <param name="doing">What is done, e.g. <c>Reading pictures</c>.</param>
/// <param name="noun">The things, in the plural.</param>
public sealed class CountProgress(ProgressLine line, TimeProvider time, string doing, string noun = "pictures") : IProgress<(int Done, int Total)>
{
    private readonly long _begun = time.GetTimestamp();

    /// <inheritdoc/>
    public void Report((int Done, int Total) value) => line.Show(withBar =>
    {
        var elapsed = time.GetElapsedTime(_begun);
        var pace = string.Create(CultureInfo.InvariantCulture, $"{value.Done / Math.Max(elapsed.TotalSeconds, 1e-3):0} {noun}/s");
        var share = (double)value.Done / value.Total;
        return value.Total <= 0
            ? string.Create(CultureInfo.InvariantCulture, $"{doing}: {value.Done:n0} {noun}, {pace}")
            : string.Create(CultureInfo.InvariantCulture, $"{doing} {ProgressText.Share(share, withBar)}, {value.Done:n0} of {value.Total:n0}, {pace}{ProgressText.Left(share, elapsed)}");
    });
}
