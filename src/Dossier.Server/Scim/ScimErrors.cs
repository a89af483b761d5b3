using System.Globalization;
using Dossier.Protocol;
using Dossier.Protocol.Scim;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Scim;

/// <summary>Errors as SCIM says them.</summary>
internal static class ScimErrors
{
    /// <summary>Whether errors of a request are answered in this way.</summary>
    public static bool Covers(PathString path) => path.Value?.Contains("/scim/v2", StringComparison.Ordinal) == true;

    /// <summary>An error with SCIM's own word for its kind.</summary>
    public static ProtocolException Of(string scimType, string message) => new(ErrorCode.InvalidParameterValue, message) { ScimType = scimType };

    /// <summary>The status: what is taken is a conflict here.</summary>
    public static int StatusOf(ProtocolException failure) => failure.ErrorCode == ErrorCode.ResourceAlreadyExists ? StatusCodes.Status409Conflict : failure.StatusCode;

    /// <summary>The body.</summary>
    public static ScimError Body(ProtocolException failure) => new(
        [ScimSchema.Error],
        StatusOf(failure).ToString(CultureInfo.InvariantCulture),
        failure.ScimType ?? failure.ErrorCode switch
        {
            ErrorCode.ResourceAlreadyExists => "uniqueness",
            ErrorCode.InvalidParameterValue => "invalidValue",
            ErrorCode.InvalidState => "mutability",
            ErrorCode.BadRequest => "invalidSyntax",
            _ => null,
        },
        failure.Message);
}
