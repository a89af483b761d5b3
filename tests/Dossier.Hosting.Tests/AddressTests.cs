namespace Dossier.Hosting.Tests;

/// <summary>Where a server may listen.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("127.0.0.1", 5000, false)]
    [InlineData("localhost", 0, false)]
    [InlineData("::1", 65535, false)]
    [InlineData("0.0.0.0", 80, true)]
    [InlineData("192.0.2.7", 80, true)]
    public void An_address_is_on_the_network_or_on_this_machine(string host, int port, bool isOnNetwork)
    {
        var address = new ListenAddress(host, port);
        Assert.Empty(address.Errors());
        Assert.Equal(isOnNetwork, address.IsOnNetwork);
    }

    [Fact]
    public void All_that_is_wrong_is_reported_at_once() => Assert.Equal(
        [
            "host 'example' is not an IP address: use the one to listen on, such as 127.0.0.1 or 0.0.0.0, or localhost.",
            "port 70000 is out of range: use 1 to 65535, or 0 for a free port.",
        ],
        new ListenAddress("example", 70_000).Errors());

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("a.localhost", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("localhost.", false)]
    [InlineData("localhost.example", false)]
    [InlineData("10.0.0.1", false)]
    public void A_name_means_this_machine_only_if_it_always_does(string host, bool expected) => Assert.Equal(expected, ListenAddress.IsLoopback(host));
}
