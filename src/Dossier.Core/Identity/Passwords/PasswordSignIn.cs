using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>
/// Signs in by user name and password, which clients send with every request. A password that was right is remembered for some minutes, under a keyed hash that
/// means nothing outside this process: a warm request costs neither a slow hash nor a statement.
/// </summary>
/// <param name="store">Where credentials are kept.</param>
/// <param name="access">Reports when remembered results expire.</param>
/// <param name="hashing">Checks passwords.</param>
/// <param name="clock">The clock.</param>
public sealed class PasswordSignIn(ICredentialStore store, IAccessStore access, PasswordHashing hashing, TimeProvider clock)
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Remembered<HashKey, (SignedIn Who, long Until)> _right = new(access);
    private readonly ConcurrentDictionary<HashKey, Task<SignedIn?>> _checks = new();
    private readonly SignInThrottle _throttle = new(clock);

    /// <summary>The user whom the password signs in; null if the name or the password is wrong.</summary>
    /// <exception cref="ProtocolException"><c>REQUEST_LIMIT_EXCEEDED</c> after too many failures; <c>PERMISSION_DENIED</c> if the user is not allowed to use passwords.</exception>
    public async ValueTask<SignedIn?> FindAsync(string userName, string password, IPAddress? address, CancellationToken cancel)
    {
        if (userName.Length is 0 or > PasswordService.LongestName || password.Length > PasswordService.LongestPassword)
        {
            return null;
        }

        var key = KeyOf(userName, password);
        if (_right.TryGet(key, out var remembered) && remembered.Until > clock.Milliseconds())
        {
            return remembered.Who;
        }

        // A client that starts with many requests at once is one attempt. Each waits for itself: the one that began may hang up.
        var check = _checks.GetOrAdd(key, _ => CheckAsync(key, userName, password, address));
        return await check.WaitAsync(cancel);
    }

    private async Task<SignedIn?> CheckAsync(HashKey key, string userName, string password, IPAddress? address)
    {
        // Others find this task before it is done.
        await Task.Yield();
        try
        {
            return await CheckAsync(key, userName, password, address, CancellationToken.None);
        }
        finally
        {
            _checks.TryRemove(key, out _);
        }
    }

    private async Task<SignedIn?> CheckAsync(HashKey key, string userName, string password, IPAddress? address, CancellationToken cancel)
    {
        await _throttle.EnterAsync(userName, address, cancel);
        var version = _right.Version;
        var holder = await store.FindPasswordHolderAsync(userName, cancel);
        var check = await hashing.CheckAsync(holder?.Hash, password, cancel);
        if (check == PasswordCheck.Wrong)
        {
            return null;
        }

        _throttle.Succeeded(userName, address);
        if (!holder!.MayUse)
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied,
                $"{holder.Caller.Name} is not allowed to sign in with a password: CAN_USE on {ObjectKinds.Passwords.Only().Text} is missing. An administrator can grant it.");
        }

        if (check == PasswordCheck.RightButOld)
        {
            await store.RehashPasswordAsync(holder.Caller.Id, holder.Hash, await hashing.HashAsync(password, cancel), cancel);
        }

        var who = new SignedIn(holder.Caller, SignInMethod.Password, holder.OneTime);
        _right.Add(key, version, (who, clock.Milliseconds() + (long)RememberedFor.TotalMilliseconds));
        return who;
    }

    private HashKey KeyOf(string userName, string password) =>
        HashKey.Of(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{userName.ToLowerInvariant()}\0{password}")));
}
