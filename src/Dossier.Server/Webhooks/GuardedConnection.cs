using System.Net;
using System.Net.Sockets;
using Dossier.Core.Webhooks;

namespace Dossier.Server.Webhooks;

/// <summary>
/// Connects to public addresses only. The name is looked up once, every address that it has is checked, and the connection goes to one that was:
/// a name can't be public for the check and private for the connection.
/// </summary>
/// <param name="allowPrivate">Whether the operator allows all addresses.</param>
internal sealed class GuardedConnection(bool allowPrivate)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        if (!allowPrivate && addresses.Any(address => !PublicAddress.Is(address)))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A receiver's name leads to an address that is not of the public network. Which one is not told: it may be of the network inside.</summary>
internal sealed class PrivateAddressException() : IOException("The receiver's address is not a public address; the server's operator can allow it with --allow-private-webhooks.");
