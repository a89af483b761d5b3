using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Hosting.Errors;

/// <summary>How a route answers with an error: metadata of the route, or of the group of routes.</summary>
public abstract class ErrorForm
{
    /// <summary>The <c>WWW-Authenticate</c> header of an answer to a caller who did not sign in; null for none.</summary>
    public virtual string? Challenge => null;

    /// <summary>The form for this request: itself, or another that some requests are answered in.</summary>
    public virtual ErrorForm For(HttpContext http) => this;

    /// <summary>Writes status and body. Headers that every form has are set already.</summary>
    public abstract Task WriteAsync(HttpContext http, ProtocolException error);
}

/// <summary>The protocol's <c>{"error_code","message"}</c>.</summary>
/// <param name="challenge">See <see cref="ErrorForm.Challenge"/>.</param>
public sealed class JsonErrorForm(string challenge) : ErrorForm
{
    /// <inheritdoc/>
    public override string? Challenge => challenge;

    /// <inheritdoc/>
    public override Task WriteAsync(HttpContext http, ProtocolException error)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(error);
        return AnswerWriter.WriteAsync(http.Response, new ErrorAnswer(error.ErrorCode, error.Message), error.StatusCode);
    }
}
