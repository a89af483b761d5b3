using System.Net;
using System.Net.Sockets;

namespace Dossier.Core.Webhooks;

/// <summary>
/// Which addresses are of the public network. All others may be the server itself, its neighbours, or a cloud's metadata.
/// </summary>
public static class PublicAddress
{
    // The special-purpose registries of IANA, and what reaches an IPv4 address by way of IPv6.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // The part of IPv6 for public addresses; special ranges inside it follow.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialInGlobal =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    // A platform's virtual address that answers like a metadata service, in a range that is public otherwise.
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("168.63.129.16")];

    /// <summary>Whether it is an address of the public network.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (Metadata.Contains(plain))
        {
            return false;
        }

        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special.Any(network => network.Contains(plain))
            : Global.Contains(plain) && !SpecialInGlobal.Any(network => network.Contains(plain));
    }
}
