namespace Dossier.Vision.Cli.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void Placeholder() => Assert.NotNull(typeof(Dossier.Vision.VisionException));
}
