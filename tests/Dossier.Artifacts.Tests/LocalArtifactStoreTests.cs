using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dossier.Artifacts.Tests;

/// <summary>Artifacts in a local folder.</summary>
public sealed class LocalArtifactStoreTests : ArtifactStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalArtifactStoreTests() => Store = new LocalArtifactStore(Root, TimeProvider.System);

    protected override IArtifactStore Store { get; }

    private string Root => _folder.Combine("artifacts");

    private string Staging => Path.Combine(Root, ".dossier-staging");

    public void Dispose()
    {
        using (_folder)
        {
            // Whatever a test did: the only unfinished work left is uploads that it neither completed nor aborted.
            Assert.DoesNotContain(
                Directory.EnumerateFileSystemEntries(Staging), entry => !Directory.Exists(entry) || !File.Exists(Path.Combine(entry, "target")));
        }
    }

    [Fact]
    public async Task A_file_lies_at_its_path()
    {
        await WriteAsync("1/run/model", "x");
        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(Root, "1", "run", "model"), Token));
    }

    [Fact]
    public async Task A_page_token_is_a_position_whatever_it_is()
    {
        await WriteAsync("1/b", "x");
        await WriteAsync("1/d", "x");
        foreach (var (token, first) in new[] { ("a", "b"), ("b", "d"), ("../..", "b"), ("c\0", "d") })
        {
            Assert.Equal(first, (await Store.ListAsync(At("1"), 1, token, Token)).Files.Single().Path);
        }

        Assert.Empty((await Store.ListAsync(At("1"), 1, "d", Token)).Files);
    }

    [Theory]
    [InlineData(".dossier-staging")]
    [InlineData(".dossier-staging/x")]
    [InlineData("link/x")]
    [InlineData("linked-file")]
    public async Task Links_and_unfinished_writes_are_not_reachable(string path)
    {
        var outside = Directory.CreateDirectory(_folder.Combine("outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "x"), "secret", Token);
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), outside);
        File.CreateSymbolicLink(Path.Combine(Root, "linked-file"), Path.Combine(outside, "x"));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => ReadAsync(path));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Store.FindAsync(At(path), Token));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => WriteAsync(path, "x"));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => DeleteAsync(path));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => NamesAsync(path));
        Assert.Empty(await NamesAsync(""));
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(outside, "x"), Token));
    }

    [Fact]
    public async Task A_file_cannot_take_the_place_of_a_folder_nor_lie_below_a_file()
    {
        await WriteAsync("1/a/file", "x");
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => WriteAsync("1/a", "x"));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => WriteAsync("1/a/file/below", "x"));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Store.CreateUploadAsync(At("1/a"), 1, "http://x", Token));
    }

    [Fact]
    public async Task The_etag_of_a_part_put_earlier_still_names_it()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, "http://x", Token);
        var etags = new List<string>();
        foreach (var text in new[] { "first", "second" })
        {
            using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            etags.Add(await Store.WritePartAsync(upload.UploadId, 1, content, Token));
        }

        await Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [new(1, $"\"{etags[0]}\"", null)], Token);
        Assert.Equal("first", await ReadAsync("1/f"));
        await RefusedAsync(
            ErrorCode.ResourceDoesNotExist, () => Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [new(1, etags[0], null)], Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task A_part_number_out_of_range_is_refused(int number)
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, "http://x", Token);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Store.WritePartAsync(upload.UploadId, number, Stream.Null, Token));
    }

    [Fact]
    public async Task Uploads_that_nobody_touched_for_a_week_are_gone_when_the_store_is_opened()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, "http://x", Token);
        _ = new LocalArtifactStore(Root, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(6)));
        Assert.Single(Directory.EnumerateFileSystemEntries(Staging));
        _ = new LocalArtifactStore(Root, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(8)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Staging));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Store.WritePartAsync(upload.UploadId, 1, Stream.Null, Token));
    }

    [Fact]
    public async Task Every_write_has_a_later_time_than_the_one_before_even_when_the_clock_stands_still()
    {
        var stopped = new LocalArtifactStore(Root, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000)));
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 5; i++)
        {
            await stopped.WriteAsync(At("1/f"), Stream.Null, Token);
            times.Add((await stopped.FindAsync(At("1/f"), Token))!.LastModified);
        }

        Assert.Equal(times.Distinct().Order(), times);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("s3://bucket/models", false)]
    [InlineData("artifacts", true)]
    [InlineData("/var/lib/dossier/artifacts", true)]
    public void An_artifact_root_that_no_store_takes_is_refused_before_it_is_opened(string root, bool good) =>
        Assert.Equal(good ? null : $"artifact root '{root}' is not a local folder.", ArtifactStores.FaultOf(root));

    [Fact]
    public async Task An_artifact_root_that_cannot_be_made_says_why()
    {
        await WriteAsync("file", "x");
        var root = Path.Combine(Root, "file", "below");
        var failure = Assert.Throws<IOException>(() => ArtifactStores.Open(root, TimeProvider.System));
        Assert.StartsWith($"artifact root '{root}' can't be used: ", failure.Message, StringComparison.Ordinal);
    }
}

/// <summary>Two servers that share the folder: what one began, the other goes on with.</summary>
public sealed class SharedArtifactFolderTests : ArtifactStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalArtifactStore[] _servers;
    private int _calls;

    public SharedArtifactFolderTests() =>
        _servers = [new(_folder.Path, TimeProvider.System), new(_folder.Path, TimeProvider.System)];

    protected override IArtifactStore Store => _servers[Interlocked.Increment(ref _calls) & 1];

    public void Dispose() => _folder.Dispose();
}
