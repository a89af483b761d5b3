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
    private static AnswerWriter? s_free;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    // Only what JSON itself needs is escaped: answers are never part of a page, and people read them.
    private AnswerWriter() => _json = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Answers with a message.</summary>
    public static async Task WriteAsync<T>(HttpResponse response, T answer, int status = StatusCodes.Status200OK, string contentType = Json)
    {
        using var writer = Take();
        JsonSerializer.Serialize(writer._json, answer, WireJson.TypeInfo<T>());
        StartAnswer(response, status, writer._buffer.WrittenCount, contentType);
        await response.StartAsync();
        response.BodyWriter.Write(writer._buffer.WrittenSpan);
        await response.BodyWriter.FlushAsync();
    }

    /// <summary>Answers <c>{}</c>.</summary>
    public static Task WriteEmptyAsync(HttpResponse response)
    {
        StartAnswer(response, StatusCodes.Status200OK, Empty.Length, Json);
        return response.BodyWriter.WriteAsync(Empty).AsTask();
    }

    /// <summary>Gives the buffer to the thread that ends the answer.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > MaxKeptBytes)
        {
            _json.Dispose();
            return;
        }

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        s_free = this;
    }

    private static AnswerWriter Take()
    {
        var writer = s_free ?? new();
        s_free = null;
        return writer;
    }

    private static void StartAnswer(HttpResponse response, int status, int length, string contentType)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
    }
}
