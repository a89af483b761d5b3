namespace Dossier.Protocol;

/// <summary>The protocol's error codes, as they stand in <c>error_code</c> of an error answer, and the HTTP status of each.</summary>
public static class ErrorCode
{
    /// <summary>A field is missing, malformed, too long or out of range (400).</summary>
    public const string InvalidParameterValue = "INVALID_PARAMETER_VALUE";

    /// <summary>The request as a whole can't be understood (400).</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>A name or id is taken (400, as the reference server answers).</summary>
    public const string ResourceAlreadyExists = "RESOURCE_ALREADY_EXISTS";

    /// <summary>The object is in a state that forbids the change (400: the reference's 500 would be retried by clients).</summary>
    public const string InvalidState = "INVALID_STATE";

    /// <summary>Nobody is signed in (401).</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The caller may not do this (403).</summary>
    public const string PermissionDenied = "PERMISSION_DENIED";

    /// <summary>No such object (404).</summary>
    public const string ResourceDoesNotExist = "RESOURCE_DOES_NOT_EXIST";

    /// <summary>No such route (404).</summary>
    public const string EndpointNotFound = "ENDPOINT_NOT_FOUND";

    /// <summary>Somebody else changed the object meanwhile (409).</summary>
    public const string ResourceConflict = "RESOURCE_CONFLICT";

    /// <summary>The caller sends too much too fast (429).</summary>
    public const string RequestLimitExceeded = "REQUEST_LIMIT_EXCEEDED";

    /// <summary>A fault of the server (500).</summary>
    public const string InternalError = "INTERNAL_ERROR";

    /// <summary>The server doesn't do this (501); for multipart uploads it tells clients to fall back to one PUT.</summary>
    public const string NotImplemented = "NOT_IMPLEMENTED";

    /// <summary>The server is starting, draining or overloaded (503).</summary>
    public const string TemporarilyUnavailable = "TEMPORARILY_UNAVAILABLE";

    /// <summary>The HTTP status that goes with <paramref name="code"/>; 500 for a code not of the protocol.</summary>
    public static int StatusOf(string code) => code switch
    {
        InvalidParameterValue or BadRequest or ResourceAlreadyExists or InvalidState => 400,
        Unauthenticated => 401,
        PermissionDenied => 403,
        ResourceDoesNotExist or EndpointNotFound => 404,
        ResourceConflict => 409,
        RequestLimitExceeded => 429,
        NotImplemented => 501,
        TemporarilyUnavailable => 503,
        _ => 500,
    };
}
