using Dossier.Vision.Boards;

namespace Dossier.Vision.Cli.Tests;

/// <summary>Small data sets of boards.</summary>
internal static class Boards
{
    /// <summary>A set of 40 boards, of which 20 are damaged.</summary>
    public static async Task<string> GenerateAsync(string folder)
    {
        await BoardGenerator.GenerateAsync(folder, new() { Boards = 40, DamagedShare = 0.5, Size = 64 }, cancellationToken: TestContext.Current.CancellationToken);
        return folder;
    }
}
