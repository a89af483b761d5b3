using Dossier.Testing;
using Dossier.Vision.Recording;

namespace Dossier.Vision.Tests.Recording;

/// <summary>The commit is read from .git's files.</summary>
public sealed class GitCommitTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_a_branch() => Assert.Equal(Commit, Of((".git/HEAD", "ref: refs/heads/main\n"), (".git/refs/heads/main", Commit + "\n")));

    [Fact]
    public void Of_a_detached_head_from_a_folder_below()
    {
        Write((".git/HEAD", Commit + "\n"), ("src/a/file", ""));
        Assert.Equal(Commit, GitCommit.Of(_folder.Combine("src", "a")));
    }

    [Fact]
    public void Of_packed_references() =>
        Assert.Equal(Commit, Of((".git/HEAD", "ref: refs/heads/main"), (".git/packed-refs", $"# pack-refs with: peeled\n{new string('1', 40)} refs/heads/domain\n{Commit} refs/heads/main\n")));

    [Fact]
    public void Of_a_worktree()
    {
        Write(
            ("tree/.git", "gitdir: ../repo/.git/worktrees/tree\n"),
            ("repo/.git/worktrees/tree/HEAD", "ref: refs/heads/side"),
            ("repo/.git/worktrees/tree/commondir", "../.."),
            ("repo/.git/refs/heads/side", Commit));
        Assert.Equal(Commit, GitCommit.Of(_folder.Combine("tree")));
    }

    [Theory]
    [InlineData("ref: refs/heads/new")]
    [InlineData("ref: refs/../../secret")]
    [InlineData("ref: /etc/passwd")]
    [InlineData("not a commit")]
    [InlineData("")]
    public void What_is_no_commit_is_none(string head)
    {
        File.WriteAllText(_folder.Combine("secret"), Commit);
        Assert.Null(Of((".git/HEAD", head)));
    }

    [Fact]
    public void References_that_go_in_circles_end() =>
        Assert.Null(Of((".git/HEAD", "ref: refs/heads/a"), (".git/refs/heads/a", "ref: refs/heads/b"), (".git/refs/heads/b", "ref: refs/heads/a")));

    public void Dispose() => _folder.Dispose();

    private string? Of(params (string Path, string Text)[] files)
    {
        Write(files);
        return GitCommit.Of(_folder.Path);
    }

    private void Write(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(path))!);
            File.WriteAllText(_folder.Combine(path), text);
        }
    }
}
