using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Http;

/// <summary>Writes answers as JSON with their length, through a buffer that its thread keeps for the next answer.</summary>
internal sealed class AnswerWriter : IDisposable
{
    private const string Json = "application/json";

    // A rare large answer must not pin its buffer for the life of the thread.
    private const int MaxKeptBytes = 256 * 1024;

    private static readonly byte[] Empty = "{}"u8.ToArray();

    [ThreadStatic]
    private static AnswerWriter? free;

    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly Utf8JsonWriter json;

    // Only what JSON itself needs is escaped: answers are never part of a page, and people read them.
    private AnswerWriter() => json = new(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Answers with a message.</summary>
    public static async Task WriteAsync<T>(HttpResponse response, T answer, int status = StatusCodes.Status200OK)
    {
        using var writer = Take();
        JsonSerializer.Serialize(writer.json, answer, WireJson.TypeInfo<T>());
        StartAnswer(response, status, writer.buffer.WrittenCount);
        await response.StartAsync();
        response.BodyWriter.Write(writer.buffer.WrittenSpan);
        await response.BodyWriter.FlushAsync();
    }

    /// <summary>Answers <c>{}</c>.</summary>
    public static Task WriteEmptyAsync(HttpResponse response)
    {
        StartAnswer(response, StatusCodes.Status200OK, Empty.Length);
        return response.BodyWriter.WriteAsync(Empty).AsTask();
    }

    /// <summary>Gives the buffer to the thread that ends the answer.</summary>
    public void Dispose()
    {
        if (buffer.Capacity > MaxKeptBytes)
        {
            json.Dispose();
            return;
        }

        buffer.ResetWrittenCount();
        json.Reset(buffer);
        free = this;
    }

    private static AnswerWriter Take()
    {
        var writer = free ?? new();
        free = null;
        return writer;
    }

    private static void StartAnswer(HttpResponse response, int status, int length)
    {
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = length;
    }
}
