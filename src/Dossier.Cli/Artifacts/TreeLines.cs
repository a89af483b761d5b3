using System.Globalization;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Artifacts;

/// <summary>Draws an artifact tree: branches and names at the left, sizes at the right; a folder's size is that of all below it.</summary>
internal static class TreeLines
{
    private sealed record Line(string Drawing, ArtifactNode Node);

    private static readonly IReadOnlyList<Column<Line>> Columns =
    [
        new("name", line => line.Drawing),
        new("size", ColumnKind.Number, line => null, line => Human.Size(line.Node.IsDir ? line.Node.TotalSize : line.Node.Size)),
        new("files", ColumnKind.Number, line => null, line => line.Node.IsDir ? Files(line.Node.FileCount) : null),
    ];

    /// <summary>Draws the tree below its root, which is shown as <paramref name="title"/>.</summary>
    public static void Write(string title, ArtifactNode root) =>
        TableOutput.Write([new Line(title, root), .. Below(root, "")], Columns, withHeader: false);

    private static IEnumerable<Line> Below(ArtifactNode folder, string trunk)
    {
        var children = folder.Children ?? [];
        for (var index = 0; index < children.Count; index++)
        {
            var child = children[index];
            var isLast = index == children.Count - 1;
            yield return new Line(trunk + (isLast ? "└── " : "├── ") + child.Name + (child.IsDir ? "/" : ""), child);
            foreach (var line in Below(child, trunk + (isLast ? "    " : "│   ")))
            {
                yield return line;
            }
        }
    }

    private static string Files(long count) => count == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{count} files");
}
