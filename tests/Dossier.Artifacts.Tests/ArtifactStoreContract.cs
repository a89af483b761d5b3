using System.Text;
using Dossier.Core.Artifacts;
using Dossier.Protocol;

namespace Dossier.Artifacts.Tests;

/// <summary>
/// What every artifact store promises. A store's test class derives from this one and says how it is opened: each test gets a store
/// that is empty at first.
/// </summary>
public abstract partial class ArtifactStoreContract
{
    // Where parts come that a store does not take itself. Nothing listens there: such a part is handed to the store.
    private const string Server = "http://dossier.invalid/parts";
    private static readonly HttpClient Http = new();

    /// <summary>The store. May be another instance at every call, as when several servers share what is stored.</summary>
    protected abstract IArtifactStore Store { get; }

    /// <summary>The least size of a part that is not the last.</summary>
    protected virtual int PartBytes => 50_000;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static ArtifactPath At(string path) => ArtifactPath.Parse(path);

    protected Task WriteAsync(string path, string text) => WriteAsync(path, Encoding.UTF8.GetBytes(text));

    protected async Task WriteAsync(string path, byte[] bytes)
    {
        await using var content = new MemoryStream(bytes);
        await Store.WriteAsync(At(path), content, Token);
    }

    /// <summary>The file's text; null if there is no such file.</summary>
    protected async Task<string?> ReadAsync(string path) =>
        await BytesAsync(path, ArtifactRange.Whole) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    protected async Task<byte[]?> BytesAsync(string path, ArtifactRange range)
    {
        await using var content = await Store.OpenAsync(At(path), range, Token);
        if (content is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await content.Stream.CopyToAsync(bytes, Token);
        Assert.Equal(content.Slice?.Length ?? 0, bytes.Length);
        return bytes.ToArray();
    }

    /// <summary>The children of a folder, a folder with a slash at its end.</summary>
    protected async Task<IReadOnlyList<string>> NamesAsync(string folder, int maxResults = 1000)
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await Store.ListAsync(At(folder), maxResults, next, Token);
            Assert.InRange(page.Files.Count, 0, maxResults);
            Assert.Equal(page.Files.OrderBy(file => file.Path, StringComparer.Ordinal), page.Files);
            names.AddRange(page.Files.Select(file => file.IsDir ? file.Path + "/" : file.Path));
            next = page.NextPageToken;
        }
        while (next is not null);

        return names;
    }

    /// <summary>Deletes until nothing is left to delete.</summary>
    /// <returns>Whether there was anything.</returns>
    protected async Task<bool> DeleteAsync(string path)
    {
        var first = await Store.DeleteAsync(At(path), Token);
        for (var deletion = first; deletion is ArtifactDeletion.Partial;)
        {
            deletion = await Store.DeleteAsync(At(path), Token);
        }

        return first is not ArtifactDeletion.NotFound;
    }

    protected static async Task RefusedAsync(string code, Func<Task> act) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ProtocolException>(act)).ErrorCode);

    // Bytes that differ from place to place, so that a shift or a swap shows.
    protected static byte[] Pattern(int length, int seed = 0)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
