using Dossier.Protocol;

namespace Dossier.Reports.Data;

/// <summary>Data documents on disk, which <c>data:</c> URIs name.</summary>
public static class DataDocumentFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxLength = 256 * 1024 * 1024;

    /// <summary>
    /// Reads <c>.json</c>, <c>.yaml</c> and <c>.yml</c> files unchanged: nothing is computed anew, and writing them again gives the same bytes.
    /// That a report's manifest names the file as its <c>source</c> is <see cref="ShownManifest.Source"/>'s part.
    /// </summary>
    /// <exception cref="ProtocolException">
    /// <c>RESOURCE_DOES_NOT_EXIST</c>: the file does not exist; <c>INVALID_PARAMETER_VALUE</c>: it cannot be read, or is not a data document.
    /// </exception>
    public static async Task<DataDocument> ReadAsync(ModelUri.OfData uri, CancellationToken cancellationToken)
    {
        var isYaml = Path.GetExtension(uri.File).ToLowerInvariant() switch
        {
            ".json" => false,
            ".yaml" or ".yml" => true,
            _ => throw Invalid(uri, "its name must end with .json, .yaml or .yml"),
        };
        var bytes = await ReadBytesAsync(uri, cancellationToken);
        try
        {
            return isYaml ? DataDocument.ParseYaml(bytes) : DataDocument.Parse(bytes);
        }
        catch (FormatException exception)
        {
            throw Invalid(uri, exception.Message);
        }
    }

    private static async Task<byte[]> ReadBytesAsync(ModelUri.OfData uri, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(uri.File) is { Exists: true, Length: > MaxLength })
            {
                throw Invalid(uri, "it is larger than 256 MiB");
            }

            return await File.ReadAllBytesAsync(uri.File, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ProtocolException.NotFound($"Data document '{uri.File}' not found.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(uri, exception.Message);
        }
    }

    private static ProtocolException Invalid(ModelUri.OfData uri, string why) =>
        ProtocolException.Invalid($"Cannot read the data document '{uri.File}': {why}");
}
