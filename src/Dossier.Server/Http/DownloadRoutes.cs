using Dossier.Server.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Dossier.Server.Http;

/// <summary>Routes that send a file: whole, or the range that is asked for.</summary>
internal static class DownloadRoutes
{
    private const int ChunkBytes = 128 * 1024;
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly Lazy<FileExtensionContentTypeProvider> ContentTypes = new();

    /// <summary>Adds a route that opens a file and sends it.</summary>
    public static void MapDownload(this Routes routes, string path, Guard guard, Func<Call, Task<Download>> open) =>
        routes.Map(path, Methods, guard, async call =>
        {
            var download = await open(call);
            if (HttpMethods.IsGet(call.Http.Request.Method))
            {
                call.Trail.Read(call.Caller.Name, download.Owner, download.Path ?? "", call.Http.Request.Headers.Range);
            }

            await SendAsync(call.Http, download);
        });

    private static async Task SendAsync(HttpContext http, Download download)
    {
        await using var stream = download.Content.Stream;
        var response = http.Response;
        WriteHeaders(response.Headers, download);
        if (ByteRange.Of(http.Request, download.Content) is not { } range)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{download.Content.Length}";
            response.ContentLength = 0;
            return;
        }

        if (!range.IsWhole)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {range.First}-{range.First + range.Length - 1}/{download.Content.Length}";
        }

        response.ContentLength = range.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await CopyAsync(stream, range, http);
        }
    }

    private static void WriteHeaders(IHeaderDictionary headers, Download download)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(download.Name);
        headers.ContentDisposition = disposition.ToString();
        headers.ContentType = ContentTypes.Value.TryGetContentType(download.Name, out var type) ? type : "application/octet-stream";
        headers.XContentTypeOptions = "nosniff";
        headers.AcceptRanges = "bytes";
        headers.LastModified = HeaderUtilities.FormatDate(download.Content.LastModified);
    }

    private static async Task CopyAsync(Stream stream, ByteRange range, HttpContext http)
    {
        if (range.First > 0)
        {
            stream.Seek(range.First, SeekOrigin.Begin);
        }

        // Read straight into the connection's buffer: nothing is copied in between.
        var pipe = http.Response.BodyWriter;
        for (var left = range.Length; left > 0;)
        {
            var memory = pipe.GetMemory(ChunkBytes);
            var read = await stream.ReadAsync(memory[..(int)Math.Min(left, memory.Length)], http.RequestAborted);
            if (read == 0)
            {
                throw new EndOfStreamException("The artifact became shorter while it was sent.");
            }

            pipe.Advance(read);
            left -= read;
            await pipe.FlushAsync(http.RequestAborted);
        }
    }
}
