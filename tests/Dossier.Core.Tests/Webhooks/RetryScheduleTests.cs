using CsCheck;
using Dossier.Core.Webhooks;

namespace Dossier.Core.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Waits_double_with_jitter_and_stay_below_an_hour_and_a_quarter() => Gen.Select(Gen.Int[1, 100], Gen.Double.Unit).Sample((attempts, random) =>
    {
        var wait = RetrySchedule.WaitAfter(attempts, random).TotalSeconds;
        var full = Math.Pow(2, Math.Min(attempts - 1, 12));
        return wait >= full / 2 && wait <= full && wait < 4500;
    });
}
