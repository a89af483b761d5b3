namespace Dossier.Vision.Recording;

/// <summary>Reads which commit a folder is at from the files below <c>.git</c>; runs nothing.</summary>
internal static class GitCommit
{
    private const int MaxText = 4096;
    private const long MaxPackedRefs = 32 << 20;
    private const int MaxReferences = 5;

    /// <summary>The commit of the repository that a folder lies in; null where there is none or it cannot be told.</summary>
    public static string? Of(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                if (GitFolder(Path.Combine(at.FullName, ".git")) is { } git)
                {
                    return Resolve(git, Common(git), "HEAD", 0);
                }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A tag less is no reason to fail a training.
        }

        return null;
    }

    // In a worktree .git is a file that names the folder.
    private static string? GitFolder(string path) =>
        Directory.Exists(path) ? path
        : Text(path) is { } link && link.StartsWith("gitdir:", StringComparison.Ordinal) ? Path.GetFullPath(link[7..].Trim(), Path.GetDirectoryName(path)!)
        : null;

    private static string Common(string git) => Text(Path.Combine(git, "commondir")) is { } common ? Path.GetFullPath(common, git) : git;

    private static string? Resolve(string git, string common, string reference, int depth)
    {
        var text = Text(Path.Combine(git, reference)) ?? Text(Path.Combine(common, reference));
        return text is null ? Packed(common, reference)
            : !text.StartsWith("ref:", StringComparison.Ordinal) ? Checked(text)
            : depth < MaxReferences && text[4..].Trim() is var next && IsPlain(next) ? Resolve(git, common, next, depth + 1)
            : null;
    }

    private static string? Packed(string common, string reference)
    {
        var file = new FileInfo(Path.Combine(common, "packed-refs"));
        return !file.Exists || file.Length > MaxPackedRefs ? null
            : File.ReadLines(file.FullName).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal)) is { } line ? Checked(line.Split(' ')[0])
            : null;
    }

    private static string? Text(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length <= MaxText ? File.ReadAllText(path).Trim() : null;
    }

    private static string? Checked(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower) ? text : null;

    private static bool IsPlain(string reference) => reference.StartsWith("refs/", StringComparison.Ordinal) && !reference.Contains("..", StringComparison.Ordinal);
}
