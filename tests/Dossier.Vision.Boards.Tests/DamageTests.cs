using SkiaSharp;

namespace Dossier.Vision.Boards.Tests;

/// <summary>What damage changes, and what the masks say of it.</summary>
public sealed class DamageTests
{
    [Fact]
    public void Outside_of_its_mask_a_damaged_board_is_the_same_board_and_inside_it_is_not()
    {
        using var studio = new BoardStudio(seed: 3, size: 128);
        for (var board = 0; board < 60; board++)
        {
            var photo = studio.Photograph(board, damaged: true);
            using var mask = SKBitmap.Decode(photo.Mask!);
            using var whole = studio.Draw(board, []);
            using var damaged = studio.Draw(board, DamagePlan.Draw(studio.Design, board));
            int outside = 0, inside = 0;
            for (var y = 0; y < 128; y++)
            {
                for (var x = 0; x < 128; x++)
                {
                    if (whole.GetPixel(x, y) != damaged.GetPixel(x, y))
                    {
                        _ = mask.GetPixel(x, y).Red == 0 ? outside++ : inside++;
                    }
                }
            }

            Assert.Equal((board, 0), (board, outside));
            Assert.True(inside > 12, $"Board {board} with {string.Join(',', photo.Defects)} changed {inside} pixels.");
        }
    }

    [Fact]
    public void Every_defect_is_drawn_and_some_boards_have_more_than_one()
    {
        var design = new BoardDesign(5);
        var boards = Enumerable.Range(0, 400).Select(board => DamagePlan.Draw(design, board)).ToArray();
        Assert.All(boards, damages => Assert.InRange(damages.Count, 1, 3));
        Assert.Equal(["bent", "melt", "missing", "scratch"], boards.SelectMany(damages => damages).Select(damage => damage.Defect).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(boards.Count(damages => damages.Count > 1), 60, 140);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void Every_seed_gives_a_board_with_parts_and_traces_that_run_straight_or_at_45_degrees(int seed)
    {
        var design = new BoardDesign(seed);
        Assert.True(design.Parts.Count >= 10, $"{design.Parts.Count} parts");
        Assert.True(design.Traces.Count >= 20, $"{design.Traces.Count} traces");
        Assert.All(design.Traces, trace => Assert.All(trace.Points.Zip(trace.Points.Skip(1)), leg =>
        {
            var (dx, dy) = (Math.Abs(leg.Second.X - leg.First.X), Math.Abs(leg.Second.Y - leg.First.Y));
            Assert.True(dx == 0 || dy == 0 || dx == dy, $"{leg.First} to {leg.Second}");
        }));
        for (var n = 1; n < design.Parts.Count; n++)
        {
            Assert.All(design.Parts.Take(n), other => Assert.False(other.Bounds.IntersectsWith(design.Parts[n].Bounds)));
        }
    }
}
