using Dossier.CommandLine.Output;

namespace Dossier.Vision.Cli.Tests;

/// <summary>What is drawn while work goes on.</summary>
public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(50, "Training ━━── 50 %, 0:02 left, loss 0.6")]
    [InlineData(39, "Training ━━── 50 %, 0:02 left, loss 0.6")]
    [InlineData(38, "Training 50 %, 0:02 left, loss 0.6")]
    [InlineData(32, "Training 50 %, 0:02 left")]
    [InlineData(10, "Training 5")]
    public void A_narrow_terminal_loses_the_bar_first_and_then_whole_parts_from_the_end(int cells, string expected) =>
        Assert.Equal(expected, ProgressLine.Fitted(withBar => $"Training {(withBar ? "━━── " : "")}50 %, 0:02 left, loss 0.6", cells));

    [Fact]
    public void One_picture_is_one() => Assert.Equal(["0 pictures", "1 picture", "1,004 pictures"], ((int[])[0, 1, 1004]).Select(ProgressText.Pictures));
}
