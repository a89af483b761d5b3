using System.Globalization;
using System.Text;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Dossier.Server.Http;

/// <summary>The path as the client sent it. What the server makes of it for routing has dot segments resolved, which would hide an attempt to leave the root.</summary>
internal static class RawPath
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Middleware: refuses paths with a segment <c>.</c> or <c>..</c>, encoded or not.</summary>
    public static Task RefuseDotSegmentsAsync(HttpContext http, RequestDelegate next)
    {
        var path = Of(http);
        if (path.Contains("/.", StringComparison.Ordinal) || path.Contains("%2e", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var segment in path.ToString().Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split('/'))
            {
                if (segment is "." or "..")
                {
                    throw ProtocolException.Invalid("Invalid path: it must not have '.' or '..' as a part, encoded or not.");
                }
            }
        }

        return next(http);
    }

    /// <summary>The artifact path after the route's fixed part, percent-decoded exactly once.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for an encoding that is wrong or hides a slash, and as <see cref="ArtifactPath.Parse"/>.</exception>
    public static ArtifactPath After(HttpContext http, string route)
    {
        var path = Of(http);
        var start = path.IndexOf(route, StringComparison.Ordinal);
        if (start < 0)
        {
            throw ProtocolException.Invalid("Invalid path: the route's own part must not be percent-encoded.");
        }

        var rest = path[(start + route.Length)..];
        var segments = rest.TrimStart('/').ToString().Split('/').Select(DecodeWithoutSlash);
        return rest.StartsWith("//") ? throw ProtocolException.Invalid("Invalid path: it must be relative.") : ArtifactPath.Parse(string.Join('/', segments));
    }

    /// <summary>
    /// What stands for <c>{name}</c> in the matched route's pattern, percent-decoded exactly once; for <c>{**name}</c> all the rest.
    /// Routing leaves <c>%2F</c> as it is, so that it can't be told from <c>%252F</c> any more.
    /// </summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for an encoding that is wrong.</exception>
    public static string Value(HttpContext http, string name)
    {
        var pattern = ((RouteEndpoint)http.GetEndpoint()!).RoutePattern;
        var at = pattern.PathSegments.ToList().FindIndex(segment => segment.Parts[0] is RoutePatternParameterPart part && part.Name == name);
        var isRest = ((RoutePatternParameterPart)pattern.PathSegments[at].Parts[0]).IsCatchAll;
        var path = Of(http);

        // A request may name the whole URL.
        var start = path.StartsWith('/') ? 0 : path.IndexOf("://", StringComparison.Ordinal) + 3;
        var segments = path[start..].ToString().Split('/')[(at + 1)..];
        return string.Join('/', (isRest ? segments : segments[..1]).Select(Decode));
    }

    private static ReadOnlySpan<char> Of(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }

    private static string DecodeWithoutSlash(string segment)
    {
        var decoded = Decode(segment);
        return decoded.Contains('/', StringComparison.Ordinal)
            ? throw ProtocolException.Invalid("Invalid path: a part of it must not have a slash in it, encoded or not.")
            : decoded;
    }

    private static string Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
        {
            return segment;
        }

        try
        {
            var bytes = new List<byte>(segment.Length);
            for (var i = 0; i < segment.Length; i++)
            {
                if (segment[i] == '%')
                {
                    bytes.Add(byte.Parse(segment.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 2;
                }
                else
                {
                    bytes.AddRange(StrictUtf8.GetBytes(segment[i..(i + 1)]));
                }
            }

            return StrictUtf8.GetString([.. bytes]);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw ProtocolException.Invalid("Invalid path: a part of it is no percent-encoded UTF-8.");
        }
    }
}
