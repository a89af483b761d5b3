using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dossier.Server.Http.Files;

/// <summary>Request bodies that are an artifact's bytes.</summary>
internal static class Upload
{
    /// <summary>The body as a stream of any length: the limit of other bodies is meant for JSON.</summary>
    public static Stream Open(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        return http.Request.Body;
    }
}
