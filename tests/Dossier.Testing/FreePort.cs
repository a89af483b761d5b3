using System.Net;
using System.Net.Sockets;

namespace Dossier.Testing;

/// <summary>Finds a port for a program that must be told one and cannot pick it by itself.</summary>
public static class FreePort
{
    /// <summary>A loopback TCP port that nothing listened on a moment ago. Another process may take it first, so starters try again.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
