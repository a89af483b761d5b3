using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Hosting;

/// <summary>Writes answers as JSON with their length, through a buffer that its thread keeps for the next answer.</summary>
public sealed class AnswerWriter : IDisposable
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
        ArgumentNullException.ThrowIfNull(response);
        using var writer = Take();
        JsonSerializer.Serialize(writer._json, answer, WireJson.TypeInfo<T>());
        await writer.SendAsync(response, status, contentType);
    }

    /// <summary>Answers with JSON that is no message of the protocol.</summary>
    public static async Task WriteJsonAsync(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(write);
        using var writer = Take();
        write(writer._json);
        await writer._json.FlushAsync();
        await writer.SendAsync(response, StatusCodes.Status200OK, Json);
    }

    /// <summary>Answers with text.</summary>
    public static Task WriteTextAsync(HttpResponse response, string contentType, string text)
    {
        ArgumentNullException.ThrowIfNull(response);
        var bytes = Encoding.UTF8.GetBytes(text);
        StartAnswer(response, StatusCodes.Status200OK, bytes.Length, contentType);
        return response.BodyWriter.WriteAsync(bytes).AsTask();
    }

    /// <summary>Answers <c>{}</c>.</summary>
    public static Task WriteEmptyAsync(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
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

    private async Task SendAsync(HttpResponse response, int status, string contentType)
    {
        StartAnswer(response, status, _buffer.WrittenCount, contentType);
        await response.StartAsync();
        response.BodyWriter.Write(_buffer.WrittenSpan);
        await response.BodyWriter.FlushAsync();
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
