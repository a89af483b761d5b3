using Dossier.Core.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dossier.Server.Http;

/// <summary>The part of a file that a request asks for.</summary>
/// <param name="First">The first byte's offset.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="IsWhole">Whether it is the whole file, sent as if no range were asked for.</param>
internal readonly record struct ByteRange(long First, long Length, bool IsWhole)
{
    /// <summary>Reads the request's <c>Range</c>; null for one that lies outside of the file. Several ranges at once, unknown units
    /// and an <c>If-Range</c> that names another state of the file are answered with the whole, as the HTTP standard allows.</summary>
    public static ByteRange? Of(HttpRequest request, ArtifactContent content)
    {
        var whole = new ByteRange(0, content.Length, true);
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || header.Unit != "bytes"
            || header.Ranges.Count != 1
            || !IsSameState(request, content))
        {
            return whole;
        }

        var range = header.Ranges.Single();
        if (range.From is not { } first)
        {
            // "The last N bytes."
            var length = Math.Min(range.To ?? 0, content.Length);
            return length == 0 ? null : new(content.Length - length, length, false);
        }

        var last = Math.Min(range.To ?? long.MaxValue, content.Length - 1);
        return first > last ? null : new(first, last - first + 1, false);
    }

    private static bool IsSameState(HttpRequest request, ArtifactContent content) =>
        request.Headers.IfRange.Count == 0
        || request.Headers.IfRange.ToString() == HeaderUtilities.FormatDate(content.LastModified);
}
