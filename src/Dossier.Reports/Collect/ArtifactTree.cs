using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>
/// Walks a model's files: <c>{"file_size", "files": [{"path", "is_dir", "file_size", "files"}]}</c>. Paths are relative to the model;
/// a directory's size is the sum of what is in it, in bytes.
/// </summary>
/// <param name="source">The server.</param>
internal sealed class ArtifactTree(RecordSource source)
{
    private const int MaxDepth = 32;
    private const int MaxEntries = 100_000;
    private const int MaxPages = 10_000;

    // 32 TiB: the sum of so many files of that size still fits in 64 bits.
    private const long MaxFileSize = 1L << 45;

    private int _entries;
    private int _pages;

    /// <summary>The tree below a directory. The directories of one level are listed side by side.</summary>
    /// <exception cref="ProtocolException">A directory cannot be listed, or the tree is too large to be a model.</exception>
    public async Task<RecordObject> WalkAsync(ArtifactLocation location)
    {
        var (size, files) = await WalkAsync(location, "", 0);
        return new RecordObject { ["file_size"] = RecordValue.Of(size), ["files"] = files };
    }

    private async Task<(long Size, RecordList Files)> WalkAsync(ArtifactLocation location, string prefix, int depth)
    {
        var children = new List<Task<RecordObject>>();
        string? page = null;
        do
        {
            Check(Interlocked.Increment(ref _pages) <= MaxPages, "pages");
            var (listed, next) = await source.ListAsync(location, page);
            foreach (var child in listed)
            {
                Check(Interlocked.Increment(ref _entries) <= MaxEntries, "files");
                children.Add(source.Begin(EntryAsync(location, prefix, child, depth)));
            }

            page = next;
        }
        while (page is not null);

        var entries = await Task.WhenAll(children);
        return (entries.Sum(entry => PositiveInteger.Of(entry["file_size"]) ?? 0), new RecordList(entries));
    }

    private async Task<RecordObject> EntryAsync(ArtifactLocation location, string prefix, RecordObject child, int depth)
    {
        var path = child.TextAt("path")?.TrimEnd('/') ?? "";
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name is "" or "." or "..")
        {
            throw new ProtocolException(ErrorCode.InternalError, $"The list of artifacts has an entry without a usable name: '{path}'.");
        }

        if (child["is_dir"] is not RecordBool { Value: true })
        {
            var fileSize = PositiveInteger.Of(child["file_size"]) ?? 0;
            Check(fileSize <= MaxFileSize, "bytes in one file");
            return Entry(prefix + name, isDirectory: false, fileSize);
        }

        Check(depth < MaxDepth, "levels");
        var (size, files) = await WalkAsync(location.Child(name), prefix + name + "/", depth + 1);
        var entry = Entry(prefix + name, isDirectory: true, size);
        entry["files"] = files;
        return entry;
    }

    private static RecordObject Entry(string path, bool isDirectory, long size) => new()
    {
        ["path"] = new RecordText(path),
        ["is_dir"] = RecordValue.Of(isDirectory),
        ["file_size"] = RecordValue.Of(size),
    };

    private static void Check(bool isWithin, string what)
    {
        if (!isWithin)
        {
            throw new ProtocolException(ErrorCode.InternalError, $"The model's directory has too many {what} to be walked.");
        }
    }
}
