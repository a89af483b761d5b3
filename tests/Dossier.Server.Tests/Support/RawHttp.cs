using System.Net.Sockets;
using System.Text;

namespace Dossier.Server.Tests.Support;

/// <summary>Sends a request as it stands, for paths and bodies that a well-behaved client would not send.</summary>
public static class RawHttp
{
    /// <summary>Gives the whole answer, headers and body, as text.</summary>
    /// <param name="server">Where to send it.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">Path and query, as they go over the wire.</param>
    /// <param name="body">The body, if there is one.</param>
    /// <param name="missing">How many bytes the body lacks of what its length says.</param>
    /// <param name="breakOff">Whether the client hangs up then, and hears no answer.</param>
    /// <param name="authorization">The header of that name.</param>
    public static async Task<string> SendAsync(
        Uri server, string method, string target, byte[]? body = null, int missing = 0, bool breakOff = false, string? authorization = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancel);
        await using var stream = client.GetStream();
        var length = body is null ? "" : $"Content-Length: {body.Length + missing}\r\n";
        var credentials = authorization is null ? "" : $"Authorization: {authorization}\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{credentials}{length}\r\n"), cancel);
        await stream.WriteAsync(body ?? [], cancel);
        if (breakOff)
        {
            return "";
        }

        // A server that refuses before it has the whole body waits for the rest: what it says is complete with its JSON.
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (missing == 0 || answer.Length == 0 || answer[^1] != '}') && (read = await reader.ReadAsync(buffer, cancel)) > 0;)
        {
            answer.Append(buffer, 0, read);
        }

        return answer.ToString();
    }

    /// <summary>The status in such an answer.</summary>
    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
