using System.Net.Http.Headers;
using System.Text;

namespace Dossier.Client;

/// <summary>The credentials of requests. Their text never shows a secret.</summary>
public sealed class Credentials
{
    private readonly string _kind;

    private Credentials(string kind, AuthenticationHeaderValue? header)
    {
        _kind = kind;
        Header = header;
    }

    /// <summary>Nothing: for servers without sign-in.</summary>
    public static Credentials None { get; } = new("none", null);

    /// <summary>The <c>Authorization</c> header to send; null for none.</summary>
    internal AuthenticationHeaderValue? Header { get; }

    /// <summary>A token, sent as <c>Authorization: Bearer …</c>.</summary>
    public static Credentials Bearer(string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        if (token.Any(char.IsControl))
        {
            // Said here, since the header's own error would repeat the token.
            throw new ArgumentException("The token contains line breaks or other control characters.", nameof(token));
        }

        return new("token", new("Bearer", token.Trim()));
    }

    /// <summary>User name and password, sent as <c>Authorization: Basic …</c> in UTF-8.</summary>
    /// <param name="userName">The name; without a colon, which separates it from the password.</param>
    /// <param name="password">The password; may be empty.</param>
    public static Credentials Basic(string userName, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(password);
        if (userName.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException("A user name must not contain a colon.", nameof(userName));
        }

        return new("user name and password", new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))));
    }

    /// <summary>The kind of credentials, never their content.</summary>
    public override string ToString() => _kind;
}
