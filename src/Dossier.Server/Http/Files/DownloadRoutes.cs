using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Dossier.Server.Http.Files;

/// <summary>Routes that send a file: the whole of it, or the range that is asked for.</summary>
internal static class DownloadRoutes
{
    private const int ChunkBytes = 128 * 1024;
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly Lazy<FileExtensionContentTypeProvider> ContentTypes = new();

    /// <summary>Adds a route that finds a file and sends it.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="path">The path below the group's.</param>
    /// <param name="guard">Who may.</param>
    /// <param name="find">The domain's method.</param>
    /// <param name="read">Makes the message; null where it is read from path and query.</param>
    public static void MapDownload<TMessage>(
        this Routes routes, string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<ServedFile>> find,
        Func<Call, TMessage>? read = null)
        where TMessage : class =>
        routes.Map(path, Methods, guard, call => new(read?.Invoke(call) ?? QueryMessage.Read<TMessage>(call)), async (call, request) =>
        {
            var file = await find(request, call.Cancel);
            if (HttpMethods.IsHead(call.Http.Request.Method))
            {
                await DescribeAsync(call.Http, file);
            }
            else
            {
                await SendAsync(call, file);
            }
        }, new(typeof(TMessage), MessageSource.Query, null) { IsFile = true });

    private static async Task DescribeAsync(HttpContext http, ServedFile file)
    {
        var info = await file.InfoAsync(http.RequestAborted);
        var range = RangeHeader.IsFor(http.Request, info) ? RangeHeader.Of(http.Request) : ArtifactRange.Whole;
        WriteHeaders(http.Response, file, info, range.Of(info.Size), range.IsWhole);
    }

    private static async Task SendAsync(Call call, ServedFile file)
    {
        var http = call.Http;
        var range = RangeHeader.Of(http.Request);
        var content = await file.OpenAsync(range, call.Cancel);
        try
        {
            if (!range.IsWhole && !RangeHeader.IsFor(http.Request, content.Info))
            {
                await content.DisposeAsync();
                range = ArtifactRange.Whole;
                content = await file.OpenAsync(range, call.Cancel);
            }

            call.Trail.Read(call.Caller.Name, file.Owner, file.Path, http.Request.Headers.Range);
            WriteHeaders(http.Response, file, content.Info, content.Slice, range.IsWhole);
            if (content.Slice is { } slice)
            {
                await CopyAsync(content.Stream, slice.Length, http);
            }
        }
        finally
        {
            await content.DisposeAsync();
        }
    }

    private static void WriteHeaders(HttpResponse response, ServedFile file, ArtifactInfo info, ArtifactSlice? found, bool isWhole)
    {
        var headers = response.Headers;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        headers.ContentType = ContentTypes.Value.TryGetContentType(file.Name, out var type) ? type : "application/octet-stream";
        headers.XContentTypeOptions = "nosniff";
        headers.AcceptRanges = "bytes";
        headers.LastModified = HeaderUtilities.FormatDate(info.LastModified);
        headers.ETag = $"\"{info.ETag}\"";
        response.ContentLength = found?.Length ?? 0;
        if (found is not { } slice)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            headers.ContentRange = $"bytes */{info.Size}";
        }
        else if (!isWhole)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = $"bytes {slice.First}-{slice.First + slice.Length - 1}/{info.Size}";
        }
    }

    private static async Task CopyAsync(Stream stream, long length, HttpContext http)
    {
        // Read straight into the connection's buffer: nothing is copied in between.
        var pipe = http.Response.BodyWriter;
        for (var left = length; left > 0;)
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
