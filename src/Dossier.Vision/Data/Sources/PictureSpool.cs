using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Dossier.Vision.Data.Sources;

/// <summary>
/// Pictures out of a source that cannot be read again at will, in one temporary file that has no name: it is gone with the last picture that reads from it,
/// however the process ends. The same bytes are kept once.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The pictures of a set share the file; the collector closes it when the last of them is gone.")]
internal sealed class PictureSpool
{
    private readonly FileStream _file;
    private readonly Dictionary<string, (long Offset, int Length)> _kept = new(StringComparer.Ordinal);
    private long _end;

    public PictureSpool()
    {
        var path = Path.Combine(Path.GetTempPath(), $"dossier-pictures-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None),
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <summary>Keeps bytes and returns what reads them again. Called by one thread at a time; reading is free.</summary>
    public async Task<Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>>> KeepAsync(byte[] encoded, CancellationToken cancellationToken)
    {
        var content = Convert.ToHexStringLower(SHA256.HashData(encoded));
        if (!_kept.TryGetValue(content, out var place))
        {
            place = (_end, encoded.Length);
            await RandomAccess.WriteAsync(_file.SafeFileHandle, encoded, _end, cancellationToken);
            _end += encoded.Length;
            _kept.Add(content, place);
        }

        return token => ReadAsync(place.Offset, place.Length, token);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long offset, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = await RandomAccess.ReadAsync(_file.SafeFileHandle, bytes.AsMemory(read), offset + read, cancellationToken);
            read += more > 0 ? more : throw new VisionException("The temporary file with the data set's pictures has become shorter.");
        }

        return bytes;
    }
}
