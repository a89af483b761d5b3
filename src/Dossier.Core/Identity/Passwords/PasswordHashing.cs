using Dossier.Protocol;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dossier.Core.Identity;

/// <summary>
/// Hashes passwords, slowly, and checks them: a limited number at once, so that a flood of attempts leaves processors for other requests. An unknown
/// user takes as long as a known one, so that the time does not reveal whether a user exists.
/// </summary>
#pragma warning disable CA1001 // Nobody asks for the semaphore's wait handle, which is all that there would be to dispose of.
public sealed class PasswordHashing
#pragma warning restore CA1001
{
    /// <summary>How often PBKDF2 turns (HMAC-SHA-512).</summary>
    public const int Iterations = 210_000;

    // Waiting costs little, but an answer after minutes is useless.
    private const int MostWaiting = 200;

    private readonly IPasswordHasher<Principal> _hasher;
    private readonly Lazy<string> _nobodys;
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>With PBKDF2.</summary>
    public PasswordHashing()
        : this(new PasswordHasher<Principal>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations })))
    {
    }

    /// <summary>With this hasher.</summary>
    public PasswordHashing(IPasswordHasher<Principal> hasher)
    {
        _hasher = hasher;
        _nobodys = new(() => hasher.HashPassword(null!, Secret.New("")));
    }

    /// <summary>The hash to store for a password.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancel) => InTurnAsync(() => _hasher.HashPassword(null!, password), cancel);

    /// <summary>Checks a password.</summary>
    /// <param name="hash">The stored hash; null for an unknown user, which takes as long and fails.</param>
    /// <param name="password">The password to check.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>REQUEST_LIMIT_EXCEEDED</c> when too many wait already.</exception>
    public Task<PasswordCheck> CheckAsync(string? hash, string password, CancellationToken cancel)
    {
        var nobodys = _nobodys.Value;
        return InTurnAsync(() => (_hasher.VerifyHashedPassword(null!, hash ?? nobodys, password), hash) switch
        {
            (PasswordVerificationResult.Failed, _) or (_, null) => PasswordCheck.Wrong,
            (PasswordVerificationResult.SuccessRehashNeeded, _) => PasswordCheck.RightButOld,
            _ => PasswordCheck.Right,
        }, cancel);
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting)
            {
                throw new ProtocolException(ErrorCode.RequestLimitExceeded, "Too many concurrent password sign-ins. Try again in a moment, or use a token, which needs no waiting.")
                {
                    RetryAfter = TimeSpan.FromSeconds(5),
                };
            }

            await _turns.WaitAsync(cancel);
            try
            {
                return work();
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

/// <summary>The result of checking a password.</summary>
public enum PasswordCheck
{
    /// <summary>It is not the one.</summary>
    Wrong,

    /// <summary>It is.</summary>
    Right,

    /// <summary>It is, but its hash was made with less work than is usual now.</summary>
    RightButOld,
}
