using Dossier.Core.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dossier.Server.Http.Files;

/// <summary>What a request's <c>Range</c> and <c>If-Range</c> ask for.</summary>
internal static class RangeHeader
{
    /// <summary>The range of a request. Several ranges at once and unknown units mean the whole file, as the HTTP standard allows.</summary>
    public static ArtifactRange Of(HttpRequest request) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
        && header.Unit == "bytes"
        && header.Ranges.Count == 1
        && header.Ranges.Single() is { From: var first, To: var last }
            ? new(first, last)
            : ArtifactRange.Whole;

    /// <summary>Whether the range counts for this state of the file: it does unless <c>If-Range</c> names another.</summary>
    public static bool IsFor(HttpRequest request, ArtifactInfo info) =>
        request.Headers.IfRange.Count == 0
        || request.Headers.IfRange.ToString() is var state
            && (state == HeaderUtilities.FormatDate(info.LastModified) || state == $"\"{info.ETag}\"");
}
