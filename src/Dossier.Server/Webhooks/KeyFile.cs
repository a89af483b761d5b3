using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dossier.Protocol;
using Dossier.Server.Hosting;

namespace Dossier.Server.Webhooks;

/// <summary>The file with the key that encrypts the secrets of webhooks: 32 random bytes in Base64.</summary>
internal sealed class KeyFile
{
    private const int KeyBytes = 32;

    // Base64 of the key with a line end, and some room for blanks.
    private const int LongestFile = 1024;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private byte[]? _key;

    private KeyFile(string? path, byte[]? key) => (_path, _key) = (path, key);

    /// <summary>A file that the operator names must be there; beside an SQLite database one is made when it is first needed.</summary>
    /// <exception cref="ServerOptionsException">The named file can't be read or holds no key.</exception>
    public static KeyFile Of(ServerOptions options, string? databasePath)
    {
        if (options.KeyFile is not { } named)
        {
            return new(databasePath is null ? null : databasePath + ".key", null);
        }

        try
        {
            return new(named, Read(named));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ServerOptionsException(
                [$"key file '{named}' can't be used: {failure.Message.TrimEnd('.')}. Make one with: (umask 077; head -c {KeyBytes} /dev/urandom | base64 > FILE)"]);
        }
    }

    /// <summary>The key.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_STATE</c>: there is none, or it can't be read or made.</exception>
    public ReadOnlyMemory<byte> Key()
    {
        lock (_lock)
        {
            return _key ??= ReadOrMake();
        }
    }

    private byte[] ReadOrMake()
    {
        if (_path is null)
        {
            throw new ProtocolException(
                ErrorCode.InvalidState, "This server can keep no secrets of webhooks: it has no key to encrypt them with. Its operator starts it with --key-file, the same file for all replicas.");
        }

        try
        {
            if (!File.Exists(_path))
            {
                Make(_path);
            }

            return Read(_path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ProtocolException(ErrorCode.InvalidState, "This server can keep no secrets of webhooks: its key file can't be read or made. Its operator finds it beside the database.", failure);
        }
    }

    private static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[LongestFile];
        var text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Trim();
        return Base64.IsValid(text, out var length) && length == KeyBytes
            ? Convert.FromBase64String(text)
            : throw new FormatException($"it does not hold {KeyBytes} bytes in Base64");
    }

    // Written aside and given its name when it is on disk: what was sealed with a key must never meet half of it.
    private static void Make(string path)
    {
        var aside = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(aside, options))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
