using System.Net;

namespace Dossier.Hosting;

/// <summary>The address that a server listens on.</summary>
/// <param name="Host">An IP address, or <c>localhost</c> for 127.0.0.1.</param>
/// <param name="Port">The port, 1 to 65535; 0 takes a free one.</param>
public readonly record struct ListenAddress(string Host, int Port)
{
    private const string Localhost = "localhost";

    /// <summary>The IP address of <see cref="Host"/>.</summary>
    /// <exception cref="FormatException">The host is not an IP address; <see cref="Errors"/> reports it.</exception>
    public IPAddress Address => Host == Localhost ? IPAddress.Loopback : IPAddress.Parse(Host);

    /// <summary>Whether other machines can reach the address; false for a host that is not an IP address.</summary>
    public bool IsOnNetwork => IPAddress.TryParse(Host, out var address) && !IPAddress.IsLoopback(address);

    /// <summary>Whether a host name or address, as a request or an option has it, always means this machine.</summary>
    public static bool IsLoopback(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>What is wrong with it, a sentence each.</summary>
    public IEnumerable<string> Errors()
    {
        if (Host != Localhost && !IPAddress.TryParse(Host, out _))
        {
            yield return $"host '{Host}' is not an IP address: use the one to listen on, such as 127.0.0.1 or 0.0.0.0, or localhost.";
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"port {Port} is out of range: use 1 to 65535, or 0 for a free port.";
        }
    }

    /// <summary>The sentence for an address that the operating system refuses to listen on.</summary>
    public string CannotListen(IOException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return $"cannot listen on {Host}:{Port}: {failure.Message.TrimEnd('.')}.";
    }
}
