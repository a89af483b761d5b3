using System.Globalization;
using Dossier.Hosting;
using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Dossier.Protocol.Scim;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Scim;

/// <summary>Errors of SCIM's own kinds.</summary>
internal static class ScimErrors
{
    /// <summary>An error with SCIM's own word for its kind.</summary>
    public static ProtocolException Of(string scimType, string message) => new(ErrorCode.InvalidParameterValue, message) { ScimType = scimType };
}

/// <summary>Error answers in SCIM's form.</summary>
/// <param name="challenge">See <see cref="ErrorForm.Challenge"/>.</param>
internal sealed class ScimErrorForm(string challenge) : ErrorForm
{
    /// <inheritdoc/>
    public override string? Challenge => challenge;

    /// <inheritdoc/>
    public override Task WriteAsync(HttpContext http, ProtocolException error)
    {
        // What is taken is a conflict here.
        var status = error.ErrorCode == ErrorCode.ResourceAlreadyExists ? StatusCodes.Status409Conflict : error.StatusCode;
        return AnswerWriter.WriteAsync(http.Response, Body(error, status), status, ScimWriter.ContentType);
    }

    private static ScimError Body(ProtocolException error, int status) => new(
        [ScimSchema.Error],
        status.ToString(CultureInfo.InvariantCulture),
        error.ScimType ?? error.ErrorCode switch
        {
            ErrorCode.ResourceAlreadyExists => "uniqueness",
            ErrorCode.InvalidParameterValue => "invalidValue",
            ErrorCode.InvalidState => "mutability",
            ErrorCode.BadRequest => "invalidSyntax",
            _ => null,
        },
        error.Message);
}
