using System.Globalization;

namespace Dossier.CommandLine.Output;

/// <summary>Shows how much of a model has come, in bytes reported.</summary>
/// <param name="line">Where it is shown.</param>
public sealed class DownloadProgress(ProgressLine line) : IProgress<long>
{
    /// <inheritdoc/>
    public void Report(long value) => line.Show(_ => string.Create(CultureInfo.InvariantCulture, $"Downloading the model: {value / 1e6:n1} MB"));
}
