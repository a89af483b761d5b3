using System.Net;
using System.Net.Sockets;

namespace Dossier.Bench.Http;

/// <summary>A server under load: where it listens, and its process where that is known.</summary>
/// <param name="Url">Base URL, <c>http</c> only: TLS would be measured instead of the server.</param>
/// <param name="EndPoint">The resolved address that every connection goes to.</param>
/// <param name="ProcessId">The server's process, whose memory and that of its children is read; null when not known.</param>
public sealed record Target(Uri Url, IPEndPoint EndPoint, int? ProcessId)
{
    /// <summary>The header <c>Authorization</c> of every request; null for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>The URL's own path, put before each request's; empty for most servers.</summary>
    public string Prefix => Url.AbsolutePath.TrimEnd('/');

    /// <summary>Resolves a URL and refuses what must not be put under load.</summary>
    /// <param name="url">As the user typed it.</param>
    /// <param name="processId">See <see cref="ProcessId"/>.</param>
    /// <param name="allowRemote">Whether addresses of other machines are allowed.</param>
    /// <exception cref="BenchException">The URL is not one, names no host that resolves, or leads off this machine.</exception>
    public static Target Resolve(string url, int? processId, bool allowRemote)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme != Uri.UriSchemeHttp)
        {
            throw new BenchException($"'{url}' is not an http:// URL, such as http://127.0.0.1:5000.");
        }

        var addresses = Lookup(parsed);
        // localhost may resolve to ::1 first, where many servers do not listen.
        var address = addresses.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        if (!allowRemote && !addresses.All(IPAddress.IsLoopback))
        {
            throw new BenchException(
                $"'{parsed.Host}' is {address}, which is not this machine. This program writes as fast as it can and leaves its runs and models behind, "
                + "so it loads only loopback addresses unless told --allow-remote. Use that for a server that is yours and holds nothing of worth.");
        }

        return new Target(parsed, new IPEndPoint(address, parsed.Port), processId);
    }

    private static IPAddress[] Lookup(Uri url)
    {
        try
        {
            return Dns.GetHostAddresses(url.IdnHost);
        }
        catch (SocketException error)
        {
            throw new BenchException($"The host of '{url}' is not found: {error.Message}.");
        }
    }
}
