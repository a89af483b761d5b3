using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Dossier.Artifacts.Local;

/// <summary>A file being written in the staging folder: it takes its place, whole and durable, only when published.</summary>
internal sealed class StagedFile : IDisposable
{
    // A connection gives a few KB at a time: gathering them saves most of the writes.
    private const int BufferBytes = 256 * 1024;
    private readonly string place;
    private readonly SafeFileHandle handle;
    private long length;

    /// <summary>Starts an empty file.</summary>
    public StagedFile(string staging)
    {
        place = Path.Combine(staging, Guid.NewGuid().ToString("N"));
        handle = File.OpenHandle(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
    }

    /// <summary>Adds a stream's bytes, a buffer at a time.</summary>
    public async Task AppendAsync(Stream content, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = await content.ReadAtLeastAsync(buffer, BufferBytes, throwOnEndOfStream: false, cancel)) > 0; length += read)
            {
                await RandomAccess.WriteAsync(handle, buffer.AsMemory(0, read), length, cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Puts the file, durably, where it belongs, over what was there. May be tried again.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public void Publish(string target)
    {
        if (!handle.IsClosed)
        {
            RandomAccess.FlushToDisk(handle);
            handle.Dispose();
        }

        File.Move(place, target, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(target)!);
    }

    /// <summary>Forgets the file if it was not published.</summary>
    public void Dispose()
    {
        handle.Dispose();
        File.Delete(place);
    }
}
