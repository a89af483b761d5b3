using System.Buffers;

namespace Dossier.Server.Http;

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
