using System.Globalization;
using System.Text;

namespace Dossier.Bench.Http;

/// <summary>
/// The bytes of one request, built once. Where it was given a <see cref="Number"/>, sending it again with another number
/// changes only those digits.
/// </summary>
public sealed class RequestTemplate
{
    private const char Mark = '\u0001';
    private readonly byte[] _bytes;
    private readonly List<Range> _numbers = [];

    private RequestTemplate(byte[] bytes)
    {
        _bytes = bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            var start = i;
            while (i < bytes.Length && bytes[i] == Mark)
            {
                i++;
            }

            if (i > start)
            {
                _numbers.Add(start..i);
            }
        }
    }

    /// <summary>Stands for a number of <paramref name="digits"/> digits, zero-padded; in JSON numbers put a digit before it.</summary>
    public static string Number(int digits) => new(Mark, digits);

    /// <summary>A POST of a JSON body.</summary>
    public static RequestTemplate Post(Target target, string path, string json) => WithBody(target, "POST", path, json);

    /// <summary>A PATCH of a JSON body.</summary>
    public static RequestTemplate Patch(Target target, string path, string json) => WithBody(target, "PATCH", path, json);

    /// <summary>A GET.</summary>
    public static RequestTemplate Get(Target target, string path) => new(Encoding.UTF8.GetBytes($"{Head(target, "GET", path)}\r\n"));

    /// <summary>A DELETE without a body.</summary>
    public static RequestTemplate Delete(Target target, string path) => new(Encoding.UTF8.GetBytes($"{Head(target, "DELETE", path)}\r\n"));

    /// <summary>The head of a PUT whose body of <paramref name="length"/> bytes is sent after it.</summary>
    public static RequestTemplate Put(Target target, string path, long length) => new(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Head(target, "PUT", path)}Content-Type: application/octet-stream\r\nContent-Length: {length}\r\n\r\n")));

    /// <summary>The request as it is.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The request with <paramref name="number"/> in every place of a <see cref="Number"/>; valid until the next call.</summary>
    public ReadOnlyMemory<byte> With(int number)
    {
        foreach (var range in _numbers)
        {
            var left = number;
            for (var i = range.End.Value - 1; i >= range.Start.Value; i--)
            {
                (left, var digit) = Math.DivRem(left, 10);
                _bytes[i] = (byte)('0' + digit);
            }
        }

        return _bytes;
    }

    private static RequestTemplate WithBody(Target target, string method, string path, string json)
    {
        var length = Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture);
        return new(Encoding.UTF8.GetBytes($"{Head(target, method, path)}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}"));
    }

    private static string Head(Target target, string method, string path) =>
        $"{method} {target.Prefix}{path} HTTP/1.1\r\nHost: {target.Url.Authority}\r\nAccept: */*\r\n"
        + (target.Authorization is { } authorization ? $"Authorization: {authorization}\r\n" : "");
}
