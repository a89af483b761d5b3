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

/// <summary>Python's JSON writes special floats bare (<c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>); JSON knows them only as strings.</summary>
internal static class PythonNumbers
{
    private static readonly SearchValues<byte> Interesting = SearchValues.Create("\"N-I"u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);

    /// <summary>Whether the text may hold a special float: two fast looks, for the usual body that holds none.</summary>
    public static bool MayHave(ReadOnlySpan<byte> json) => json.IndexOf("NaN"u8) >= 0 || json.IndexOf("Infinity"u8) >= 0;

    /// <summary>The text with its bare special floats in quotes; strings stay as they are.</summary>
    public static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> json)
    {
        var quoted = new ArrayBufferWriter<byte>(json.Length + 64);
        for (int next; (next = json.IndexOfAny(Interesting)) >= 0;)
        {
            quoted.Write(json[..next]);
            json = json[next..];
            var literal = LiteralAt(json);
            var length = literal > 0 ? literal : json[0] == '"' ? StringLength(json) : 1;
            if (literal > 0)
            {
                quoted.Write("\""u8);
            }

            quoted.Write(json[..length]);
            if (literal > 0)
            {
                quoted.Write("\""u8);
            }

            json = json[length..];
        }

        quoted.Write(json);
        return quoted.WrittenSpan;
    }

    private static int LiteralAt(ReadOnlySpan<byte> json) =>
        json.StartsWith("NaN"u8) ? 3 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("-Infinity"u8) ? 9 : 0;

    private static int StringLength(ReadOnlySpan<byte> json)
    {
        var at = 1;
        for (int next; (next = json[at..].IndexOfAny(InString)) >= 0;)
        {
            at += next;
            if (json[at] == '"')
            {
                return at + 1;
            }

            at = Math.Min(at + 2, json.Length);
        }

        return json.Length;
    }
}
