using System.Security.Cryptography;
using System.Text;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Vision.Serving.Http;

/// <summary>Asks callers for the token, if there is one; what only tells that the server lives is open.</summary>
internal sealed class Bearer(string? token)
{
    private const string Scheme = "Bearer ";

    private static readonly string[] Open = ["/ping", "/health", "/version"];

    private readonly byte[]? _hash = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Middleware.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (_hash is null || Open.Contains(http.Request.Path.Value))
        {
            return next(http);
        }

        var header = http.Request.Headers.Authorization.ToString();

        // Hashes have one length: the comparison tells nothing of the token's.
        var isRight = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())));
        return isRight
            ? next(http)
            : throw new ProtocolException(ErrorCode.Unauthenticated, "This server requires its token: send the header Authorization: Bearer TOKEN.");
    }
}
