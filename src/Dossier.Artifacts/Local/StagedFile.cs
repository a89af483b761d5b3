using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Dossier.Artifacts.Local;

/// <summary>A file being written in the staging folder: it takes its place, whole and durable, only when published.</summary>
internal sealed class StagedFile : IDisposable
{
    // A connection delivers a few KB at a time: gathering them saves most of the writes.
    private const int BufferBytes = 256 * 1024;
    private readonly string _place;
    private readonly SafeFileHandle _handle;
    private long _length;

    /// <summary>Starts an empty file.</summary>
    public StagedFile(string staging)
    {
        _place = Path.Combine(staging, Guid.NewGuid().ToString("N"));
        _handle = File.OpenHandle(_place, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
    }

    /// <summary>Adds a stream's bytes, a buffer at a time.</summary>
    public async Task AppendAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = await content.ReadAtLeastAsync(buffer, BufferBytes, throwOnEndOfStream: false, cancellationToken)) > 0; _length += read)
            {
                await RandomAccess.WriteAsync(_handle, buffer.AsMemory(0, read), _length, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Puts the file, durably, where it belongs, over what was there. May be tried again.</summary>
    /// <param name="target">Where it belongs.</param>
    /// <param name="time">When it was written.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public void Publish(string target, DateTime time)
    {
        if (!_handle.IsClosed)
        {
            File.SetLastWriteTimeUtc(_handle, time);
            RandomAccess.FlushToDisk(_handle);
            _handle.Dispose();
        }

        File.Move(_place, target, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(target)!);
    }

    /// <summary>Deletes the file if it was not published.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        File.Delete(_place);
    }
}
