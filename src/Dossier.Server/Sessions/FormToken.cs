using System.Security.Cryptography;
using System.Text;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Web;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Sessions;

/// <summary>
/// Proves that a form comes from a page of this server: its hidden field is made from a secret that the browser has in a cookie, which other sites can neither
/// read nor, with https, set. Nothing is kept, so any replica can check it.
/// </summary>
internal static class FormToken
{
    /// <summary>The value for the hidden field; sets the cookie if the browser has none yet.</summary>
    public static string Of(HttpContext http)
    {
        if (SessionCookie.Get(http, SessionCookie.Form) is { } known && Secret.MayBe(known))
        {
            return Of(known);
        }

        // A page asks once, but the answer to an error may be a second page.
        var value = http.Items[SessionCookie.Form] as string ?? Secret.New(Secret.TokenPrefix);
        http.Items[SessionCookie.Form] = value;
        SessionCookie.Set(http, SessionCookie.Form, value, lifetime: null);
        return Of(value);
    }

    /// <summary>Refuses a form that is not from a page that this browser has opened.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c>.</exception>
    public static void Require(HttpContext http, IFormCollection form)
    {
        var given = Encoding.ASCII.GetBytes(form[PageFrame.FormField].ToString());
        if (SessionCookie.Get(http, SessionCookie.Form) is not { } secret || !CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Of(secret))))
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied, "This form was opened in another browser, or cookies are blocked. Allow cookies for this server, then try again.");
        }
    }

    private static string Of(string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "dossier form"u8));
}
