using System.Buffers;
using System.Text.Json;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Http;

/// <summary>Writes answers as JSON with their length, through a buffer that its thread keeps for the next answer.</summary>
internal sealed class AnswerWriter
{
    private const string Json = "application/json";

    // A rare large answer must not pin its buffer for the life of the thread.
    private const int MaxKeptBytes = 256 * 1024;

    private static readonly byte[] Empty = "{}"u8.ToArray();

    [ThreadStatic]
    private static AnswerWriter? free;

    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly Utf8JsonWriter json;

    private AnswerWriter() => json = new(buffer, new() { SkipValidation = true });

    /// <summary>Answers with a message.</summary>
    public static async Task WriteAsync<T>(HttpResponse response, T answer, int status = StatusCodes.Status200OK)
    {
        var writer = free ?? new();
        free = null;
        try
        {
            JsonSerializer.Serialize(writer.json, answer, WireJson.TypeInfo<T>());
            StartAnswer(response, status, writer.buffer.WrittenCount);
            await response.StartAsync();
            response.BodyWriter.Write(writer.buffer.WrittenSpan);
            await response.BodyWriter.FlushAsync();
        }
        finally
        {
            writer.Free();
        }
    }

    /// <summary>Answers <c>{}</c>.</summary>
    public static Task WriteEmptyAsync(HttpResponse response)
    {
        StartAnswer(response, StatusCodes.Status200OK, Empty.Length);
        return response.BodyWriter.WriteAsync(Empty).AsTask();
    }

    private static void StartAnswer(HttpResponse response, int status, int length)
    {
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = length;
    }

    private void Free()
    {
        if (buffer.Capacity <= MaxKeptBytes)
        {
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            free = this;
        }
    }
}
