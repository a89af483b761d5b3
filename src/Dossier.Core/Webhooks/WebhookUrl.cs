using System.Net;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Rules for the URL of a webhook. The addresses of a host name are checked again at each connection.</summary>
/// <param name="allowPrivate">Whether the operator allows private addresses, and with them <c>http</c> and any port.</param>
public sealed class WebhookUrl(bool allowPrivate)
{
    private const int FirstFreePort = 1024;

    /// <summary>The URL, checked, in its canonical form.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>. The message does not repeat the URL, which may hold a secret.</exception>
    public string Check(string? text, string parameter)
    {
        if (!Uri.TryCreate(TextRules.Required(text, parameter, Limits.Uri), UriKind.Absolute, out var url) || url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            throw Wrong(parameter, "it is not an absolute URL with a host");
        }

        if (url.Scheme != Uri.UriSchemeHttps && !(allowPrivate && url.Scheme == Uri.UriSchemeHttp))
        {
            throw Wrong(parameter, "its scheme is not https");
        }

        if (url.UserInfo.Length > 0)
        {
            throw Wrong(parameter, "it contains a user name or password; use 'authorization' instead");
        }

        if (url.Fragment.Length > 0)
        {
            throw Wrong(parameter, "it has a fragment, which is never sent");
        }

        if (!allowPrivate && !url.IsDefaultPort && url.Port < FirstFreePort)
        {
            throw Wrong(parameter, "its port is below 1024 and not 443");
        }

        // The parser has read the decimal, octal and hexadecimal forms of IPv4 addresses too.
        if (!allowPrivate && IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddress.Is(address))
        {
            throw Wrong(parameter, "its address is not a public address");
        }

        return url.AbsoluteUri;
    }

    private static ProtocolException Wrong(string parameter, string what) =>
        ProtocolException.Invalid($"Invalid value for parameter '{parameter}' supplied: {what}. Use for example https://hooks.example.com/models.");
}
