using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Access;

/// <summary>User name and password of a request.</summary>
internal readonly record struct BasicCredentials(string UserName, string Password)
{
    /// <summary>Those of the request; null where there are none, or more than one authorization.</summary>
    public static BasicCredentials? Of(HttpRequest request) =>
        Header(request) is { Parameter: { } value } header && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? Parse(value) : null;

    /// <summary>The one authorization of a request: more than one is no answer to the question who is asking.</summary>
    public static AuthenticationHeaderValue? Header(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && AuthenticationHeaderValue.TryParse(only, out var header) ? header : null;

    private static BasicCredentials? Parse(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var password]
            ? new(name, password)
            : null;
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => UserName;
}
