using System.Globalization;
using System.Text;

namespace Dossier.Vision.Boards;

/// <summary>
/// Draws data sets of circuit boards, in the layout of VisA's: <c>Data/Images/{Normal,Anomaly}/NNNN.JPG</c>, <c>Data/Masks/Anomaly/NNNN.png</c> and
/// <c>image_anno.csv</c> with the columns <c>image</c>, <c>label</c> and <c>mask</c>. As there, all boards of a set are photographs of one design, each placed, lit
/// and soldered a little differently. The same options give the same files, however many threads draw them.
/// </summary>
public static class BoardGenerator
{
    /// <summary>The table of labels.</summary>
    public const string TableName = "image_anno.csv";

    /// <summary>Draws a data set into an empty or new folder. The table is written last: a set without one is not complete.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="options">What; null for the defaults.</param>
    /// <param name="progress">Boards done, and their number.</param>
    /// <param name="cancellationToken">Ends the drawing; what was drawn stays.</param>
    /// <exception cref="BoardException">The folder is not empty, or an option is out of bounds.</exception>
    public static async Task<GeneratedBoards> GenerateAsync(
        string folder, BoardOptions? options = null, IProgress<(int Done, int Total)>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new BoardOptions();
        options.Check();
        Prepare(folder);
        using var studio = new BoardStudio(options.Seed, options.Size);
        var damaged = ChooseDamaged(options);
        var rows = new BoardRow[options.Boards];
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Boards), cancellationToken, async (board, stop) =>
        {
            rows[board] = await WriteAsync(folder, studio.Photograph(board, damaged[board]), board, stop).ConfigureAwait(false);
            progress?.Report((Interlocked.Increment(ref done), options.Boards));
        }).ConfigureAwait(false);
        await WriteTableAsync(folder, rows, cancellationToken).ConfigureAwait(false);
        return new GeneratedBoards(
            Path.GetFullPath(folder), rows.Count(row => row.Mask is null), rows.Count(row => row.Mask is not null),
            rows.SelectMany(row => row.Defects).GroupBy(defect => defect).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count()));
    }

    private static void Prepare(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new BoardException($"'{folder}' is not an empty folder: use a new or empty one; nothing is overwritten.");
        }

        foreach (var part in (string[])["Images/Normal", "Images/Anomaly", "Masks/Anomaly"])
        {
            Directory.CreateDirectory(Path.Combine(folder, "Data", part));
        }
    }

    private static bool[] ChooseDamaged(BoardOptions options)
    {
        var damaged = new bool[options.Boards];
        damaged.AsSpan(0, options.Damaged).Fill(true);
        new BoardRandom(options.Seed, 7).Shuffle(damaged.AsSpan());
        return damaged;
    }

    private static async Task<BoardRow> WriteAsync(string folder, BoardPhoto photo, int board, CancellationToken cancellationToken)
    {
        // One row of numbers for both folders, so that a file's base name alone tells the board, and a join on it is right.
        var number = board.ToString("0000", CultureInfo.InvariantCulture);
        var image = $"Data/Images/{(photo.Mask is null ? "Normal" : "Anomaly")}/{number}.JPG";
        await File.WriteAllBytesAsync(Path.Combine(folder, image), photo.Jpeg, cancellationToken).ConfigureAwait(false);
        if (photo.Mask is null)
        {
            return new BoardRow(image, [], null);
        }

        var mask = $"Data/Masks/Anomaly/{number}.png";
        await File.WriteAllBytesAsync(Path.Combine(folder, mask), photo.Mask, cancellationToken).ConfigureAwait(false);
        return new BoardRow(image, photo.Defects, mask);
    }

    private static async Task WriteTableAsync(string folder, IEnumerable<BoardRow> rows, CancellationToken cancellationToken)
    {
        var table = new StringBuilder("image,label,mask\n");
        foreach (var row in rows)
        {
            var label = row.Defects.Count == 0 ? "normal" : string.Join(',', row.Defects);
            table.Append(row.Image).Append(',').Append(label.Contains(',') ? $"\"{label}\"" : label).Append(',').Append(row.Mask).Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(folder, TableName), table.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private sealed record BoardRow(string Image, IReadOnlyList<string> Defects, string? Mask);
}

/// <summary>What was generated.</summary>
/// <param name="Folder">Where it is: an absolute path.</param>
/// <param name="Normal">Boards without damage.</param>
/// <param name="Damaged">Boards with damage.</param>
/// <param name="Defects">Boards by defect (<c>bent</c>, <c>melt</c>, <c>missing</c>, <c>scratch</c>); a board with two counts twice.</param>
public sealed record GeneratedBoards(string Folder, int Normal, int Damaged, IReadOnlyDictionary<string, int> Defects);
