namespace Dossier.Protocol;

/// <summary>
/// A failure that the protocol can say: the server turns it into <c>{"error_code","message"}</c> with the code's status,
/// and the client raises it from such an answer.
/// </summary>
/// <param name="errorCode">One of <see cref="Protocol.ErrorCode"/>, or the code that another server sent.</param>
/// <param name="message">What is wrong, naming the field, and what would be right.</param>
/// <param name="inner">The cause, if there is one worth keeping.</param>
public sealed class ProtocolException(string errorCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The protocol's error code, e.g. <c>RESOURCE_DOES_NOT_EXIST</c>.</summary>
    public string ErrorCode { get; } = errorCode;

    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; init; } = Protocol.ErrorCode.StatusOf(errorCode);

    /// <summary>SCIM's word for the kind of error, for answers of its routes, e.g. <c>invalidFilter</c>; null: what goes with the code.</summary>
    public string? ScimType { get; init; }

    /// <summary>After how long trying again makes sense, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A field is missing, malformed or out of range.</summary>
    public static ProtocolException Invalid(string message) => new(Protocol.ErrorCode.InvalidParameterValue, message);

    /// <summary>A required field is missing; the text is the one that clients know.</summary>
    public static ProtocolException Missing(string parameter) => Invalid(
        $"Missing value for required parameter '{parameter}'. See the API docs for more information about request parameters.");

    /// <summary>A field has the wrong type, form or range.</summary>
    /// <param name="value">The value as sent, already short enough to repeat.</param>
    /// <param name="parameter">The field, e.g. <c>metrics[0].step</c>.</param>
    /// <param name="hint">What would be right, as a sentence.</param>
    public static ProtocolException InvalidValue(string value, string parameter, string hint) =>
        Invalid($"Invalid value \"{value}\" for parameter '{parameter}' supplied: {hint}");

    /// <summary>No such object.</summary>
    public static ProtocolException NotFound(string message) => new(Protocol.ErrorCode.ResourceDoesNotExist, message);

    /// <summary>The name or id is taken.</summary>
    public static ProtocolException AlreadyExists(string message) => new(Protocol.ErrorCode.ResourceAlreadyExists, message);
}
