using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Http;

/// <summary>Reads a request's JSON body as a message of the protocol, straight from the connection's buffer. The content type is not looked at: clients send many.</summary>
internal static class RequestReader
{
    /// <summary>The longest JSON body; the reference takes 1 MB for its largest message.</summary>
    public const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>How JSON is read: the deepest message nests 6 levels.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = 32 };

    /// <summary>Reads the message; no body at all is a message with nothing set.</summary>
    /// <exception cref="ProtocolException"><c>BAD_REQUEST</c> for what is no JSON or too long, <c>INVALID_PARAMETER_VALUE</c> for a field of the wrong type.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        var pipe = request.BodyReader;
        while (request.ContentLength is not > MaxBodyBytes)
        {
            var read = await pipe.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > MaxBodyBytes)
            {
                break;
            }

            if (read.IsCompleted)
            {
                try
                {
                    return Parse(read.Buffer, RequestJson.TypeInfo<T>());
                }
                finally
                {
                    pipe.AdvanceTo(read.Buffer.End);
                }
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        throw ErrorAnswers.BodyTooLarge(MaxBodyBytes);
    }

    private static T Parse<T>(in ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        if (body.IsSingleSegment)
        {
            return Parse(body.FirstSpan, type);
        }

        var length = (int)body.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(whole);
            return Parse(whole.AsSpan(0, length), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        if (json.IsEmpty)
        {
            json = "{}"u8;
        }
        else if (PythonNumbers.MayHave(json))
        {
            json = PythonNumbers.Quote(json);
        }

        try
        {
            var reader = new Utf8JsonReader(json, Options);
            var message = JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException(null, "$", null, null);

            // What follows the message is a fault as well; reading on finds it.
            _ = reader.Read();
            if (json.IndexOf("null"u8) >= 0)
            {
                BodyFault.RefuseNulls(json, type);
            }

            return message;
        }
        catch (JsonException failure)
        {
            throw BodyFault.Explain(json, failure, type);
        }
        catch (InvalidOperationException)
        {
            throw BodyFault.HalfCharacter();
        }
    }
}
