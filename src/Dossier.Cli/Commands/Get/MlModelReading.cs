using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary>Reads MLmodel files that a server sends.</summary>
internal static class MlModelReading
{
    /// <summary>The file's content.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: the file is none; the message says where.</exception>
    public static async Task<JsonObject> ParseAsync(Stream file, ModelUri uri, CancellationToken cancellationToken)
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
