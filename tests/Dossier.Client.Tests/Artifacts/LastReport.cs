namespace Dossier.Client.Tests.Artifacts;

/// <summary>Remembers the last report.</summary>
internal sealed class LastReport : IProgress<long>
{
    public long Last { get; private set; }

    public void Report(long value) => Last = value;
}
