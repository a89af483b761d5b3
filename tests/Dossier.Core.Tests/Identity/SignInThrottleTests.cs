using System.Net;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Dossier.Core.Tests.Identity;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private readonly FakeTimeProvider _clock = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new(_clock);

    [Fact]
    public void One_address_that_keeps_failing_for_one_user_waits_longer_and_longer_up_to_a_minute()
    {
        for (var i = 0; i < SignInThrottle.FreeForPair; i++)
        {
            Assert.Null(Try("ann", Here));
        }

        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = Try("ann", Here)!.Value;
            waits.Add(wait.TotalSeconds);
            _clock.Advance(wait);
            Assert.Null(Try("ann", Here));
        }

        // Each minute forgives one failure.
        Assert.Equal([1, 2, 4, 8, 16, 32, 32, 60], waits);
    }

    [Fact]
    public void Other_users_and_other_addresses_are_not_refused_with_it()
    {
        Exhaust("ann", Here);
        Assert.NotNull(Try("ann", Here));
        Assert.NotNull(Try("ANN", Here));
        Assert.Null(Try("ben", Here));
        Assert.Null(Try("ann", IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void The_right_password_ends_it()
    {
        Exhaust("ann", Here);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Try("ann", Here));
        _throttle.Succeeded("ann", Here);
        for (var i = 0; i < SignInThrottle.FreeForPair; i++)
        {
            Assert.Null(Try("ann", Here));
        }
    }

    [Fact]
    public void An_IPv6_network_is_one_address()
    {
        Exhaust("ann", IPAddress.Parse("2001:db8:1:2::1"));
        Assert.NotNull(Try("ann", IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.Null(Try("ann", IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public async Task Guesses_from_everywhere_on_one_user_come_one_after_the_other_and_nobody_is_locked_out()
    {
        for (var i = 0; i < 60; i++)
        {
            _ = _throttle.EnterAsync("ann", IPAddress.Parse($"198.51.100.{i}"), TestContext.Current.CancellationToken);
        }

        // Ann, from an address of which nothing is known, waits for her turn and gets it.
        var ann = _throttle.EnterAsync("ann", Here, TestContext.Current.CancellationToken);
        Assert.False(ann.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await ann;

        // Where she was before, she does not even wait.
        _throttle.Succeeded("ann", Here);
        for (var i = 60; i < 120; i++)
        {
            _ = _throttle.EnterAsync("ann", IPAddress.Parse($"198.51.100.{i}"), TestContext.Current.CancellationToken);
        }

        Assert.True(_throttle.EnterAsync("ann", Here, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public void One_address_that_tries_many_users_is_slowed()
    {
        var waiting = Enumerable.Range(0, 40).Count(user => !_throttle.EnterAsync($"user{user}", Here, TestContext.Current.CancellationToken).IsCompleted);
        Assert.InRange(waiting, 15, 20);
    }

    [Fact]
    public void Failures_are_forgiven_with_time()
    {
        Exhaust("ann", Here);
        _clock.Advance(TimeSpan.FromMinutes(SignInThrottle.FreeForPair));
        for (var i = 0; i < SignInThrottle.FreeForPair; i++)
        {
            Assert.Null(Try("ann", Here));
        }
    }

    private void Exhaust(string user, IPAddress address)
    {
        for (var i = 0; i < SignInThrottle.FreeForPair; i++)
        {
            Assert.Null(Try(user, address));
        }
    }

    /// <summary>How long the next attempt has to wait; null where it is let in.</summary>
    private TimeSpan? Try(string user, IPAddress address)
    {
        var entered = _throttle.EnterAsync(user, address, TestContext.Current.CancellationToken);
        return entered.Exception?.InnerException is ProtocolException { ErrorCode: ErrorCode.RequestLimitExceeded } refused ? refused.RetryAfter : null;
    }
}
