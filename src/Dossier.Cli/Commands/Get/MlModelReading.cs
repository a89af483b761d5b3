using Dossier.Client;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary>Reads models' MLmodel files from a server.</summary>
internal static class MlModelReading
{
    /// <summary>Opens a model's MLmodel file.</summary>
    /// <exception cref="ProtocolException">It does not exist, or cannot be read.</exception>
    public static async Task<Stream> OpenAsync(DossierClient client, ModelUri uri, CancellationToken cancellationToken)
    {
        var model = await client.Models.ResolveAsync(uri, cancellationToken);
        try
        {
            return await client.Artifacts.OpenReadAsync(model.Location.Child(MlModelFile.Name), cancellationToken);
        }
        catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            throw ProtocolException.NotFound(
                $"No MLmodel file found at '{uri.Text}'; 'dossier list artifacts' shows which files there are. The server reports: {e.Message}");
        }
    }

    /// <summary>The file's content.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: it is not an MLmodel file; the message says where it is wrong.</exception>
    public static async Task<RecordObject> ParseAsync(Stream file, ModelUri uri, CancellationToken cancellationToken)
    {
        try
        {
            return await MlModelFile.ReadAsync(file, cancellationToken);
        }
        catch (FormatException e)
        {
            throw ProtocolException.Invalid($"The MLmodel file of '{uri.Text}' cannot be read: {e.Message}");
        }
    }
}
