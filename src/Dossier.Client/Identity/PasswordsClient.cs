using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Calls about passwords (Dossier servers). Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.</summary>
public sealed class PasswordsClient
{
    private readonly Api _api;

    internal PasswordsClient(Api api) => _api = api;

    /// <summary>Changes the caller's own password, be it a one-time password until now.</summary>
    /// <param name="current">The password until now.</param>
    /// <param name="chosen">The password from now on, 8 to 256 characters.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task ChangeAsync(string current, string chosen, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "/api/2.0/password/change", new ChangePassword(current, chosen), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Gives a user a one-time password, with which to choose another; for administrators.</summary>
    /// <returns>The one-time password, which is shown nowhere else.</returns>
    public async Task<string> ResetAsync(string userName, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<SetPassword, PasswordSet>(
            HttpMethod.Post, "/api/2.0/password/set", new(userName, null), Repeat.OnlyIfNothingHappened, cancellationToken)).OneTimePassword
        ?? throw new ProtocolException(ErrorCode.BadRequest, "The server returned no one-time password.");
}
