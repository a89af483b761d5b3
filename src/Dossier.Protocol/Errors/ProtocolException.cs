namespace Dossier.Protocol;

/// <summary>A refusal in the protocol's own terms: <c>{"error_code", "message"}</c>.</summary>
public sealed class ProtocolException(string errorCode, string message) : Exception(message)
{
    /// <summary>The protocol's error code, e.g. <c>RESOURCE_DOES_NOT_EXIST</c>.</summary>
    public string ErrorCode { get; } = errorCode;

    /// <summary>The HTTP status that goes with the code.</summary>
    public int StatusCode => ErrorCode switch
    {
        "UNAUTHENTICATED" => 401,
        "PERMISSION_DENIED" => 403,
        "RESOURCE_DOES_NOT_EXIST" or "ENDPOINT_NOT_FOUND" => 404,
        "INTERNAL_ERROR" => 500,
        "NOT_IMPLEMENTED" => 501,
        "TEMPORARILY_UNAVAILABLE" => 503,
        _ => 400,
    };
}
