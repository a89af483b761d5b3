using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dossier.Protocol;
using Dossier.Vision.Inference;
using Microsoft.AspNetCore.Http;

namespace Dossier.Vision.Cli.Serving.Http;

/// <summary>Writes answers with their length.</summary>
internal static class Answers
{
    private const string Json = "application/json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with MLflow's <c>{"predictions": […]}</c>.</summary>
    public static Task PredictionsAsync(HttpResponse response, IReadOnlyList<Classification> answers) => JsonAsync(response, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("predictions");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("label", answer.Label);
            json.WriteNumber("score", answer.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Answers with MLflow's <c>{"error_code","message"}</c>.</summary>
    public static Task ErrorAsync(HttpResponse response, ProtocolException error) => JsonAsync(response, error.StatusCode, json =>
    {
        json.WriteStartObject();
        json.WriteString("error_code", error.ErrorCode);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    });

    /// <summary>Answers with JSON.</summary>
    public static Task JsonAsync(HttpResponse response, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return BytesAsync(response, status, Json, buffer.WrittenMemory);
    }

    /// <summary>Answers with text.</summary>
    public static Task TextAsync(HttpResponse response, string contentType, string text) =>
        BytesAsync(response, StatusCodes.Status200OK, contentType, Encoding.UTF8.GetBytes(text));

    private static async Task BytesAsync(HttpResponse response, int status, string contentType, ReadOnlyMemory<byte> bytes)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.BodyWriter.WriteAsync(bytes);
        }
    }
}
