using Dossier.Vision.Pictures;

namespace Dossier.Vision.Data.Sources;

/// <summary>Picture files on disk.</summary>
internal static class PictureFile
{
    // What is not decoded is listed all the same, so that it is named among the skipped.
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".avif"];

    /// <summary>Whether a name is one of a picture.</summary>
    public static bool IsPicture(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file within a root.</summary>
    /// <exception cref="VisionException">It is missing, too large, or a link out of the root.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(DataRoot root, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(root.Resolve(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            if (!file.CanSeek || file.Length > PictureDecoder.MaxBytes)
            {
                throw new VisionException(file.CanSeek
                    ? $"The file has {file.Length:N0} bytes; {PictureDecoder.MaxBytes:N0} are the most."
                    : "Not a plain file.");
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VisionException("The file does not exist.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"The file cannot be read: {error.Message}", error);
        }
    }
}
