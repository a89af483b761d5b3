using Dossier.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dossier.Server.Http;

/// <summary>Reads a form of few and short fields.</summary>
internal static class SmallForm
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxFields = 20;

    /// <summary>The form; empty if the request has none, or one that is too large.</summary>
    /// <exception cref="ProtocolException"><c>BAD_REQUEST</c> for one that is malformed.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength is > MaxBytes || !http.Request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        http.Features.Set<IFormFeature>(new FormFeature(
            http.Request, new FormOptions { BufferBodyLengthLimit = MaxBytes, ValueLengthLimit = MaxBytes, ValueCountLimit = MaxFields }));
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException fault)
        {
            throw new ProtocolException(ErrorCode.BadRequest, $"The form is malformed: {fault.Message}");
        }
    }
}
