using Polly;
using Polly.Retry;

namespace Dossier.Client;

/// <summary>When a failed attempt is followed by another, and after how long.</summary>
internal sealed class RetryPolicy(DossierClientOptions options, TimeProvider time)
{
    private readonly ResiliencePipeline _safe = Build(options, time, IsPassing);
    private readonly ResiliencePipeline _careful = Build(options, time, DidNothing);

    public ResiliencePipeline For(Repeat repeat) => repeat == Repeat.Safe ? _safe : _careful;

    private static bool IsPassing(AttemptException failure) =>
        failure.Passing || failure.Error.StatusCode is 408 or 429 or 500 or 502 or 503 or 504;

    private static bool DidNothing(AttemptException failure) =>
        (failure.NeverReached && failure.Passing) || failure.Error.StatusCode is 429 or 503;

    private static ResiliencePipeline Build(DossierClientOptions options, TimeProvider time, Func<AttemptException, bool> mayRepeat)
    {
        if (options.MaxRetries <= 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is AttemptException failure
                    && mayRepeat(failure)
                    && (failure.RetryAfter ?? TimeSpan.Zero) <= options.MaxRetryDelay),
                DelayGenerator = args => ValueTask.FromResult((args.Outcome.Exception as AttemptException)?.RetryAfter),
            })
            .Build();
    }
}
