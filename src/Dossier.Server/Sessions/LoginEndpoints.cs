using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Hosting;
using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Server.Http;
using Dossier.Server.Oidc;
using Dossier.Server.Pages;
using Dossier.Web;
using Dossier.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Sessions;

/// <summary>A browser's sign-in by password, and its end: <c>/login</c> and <c>/logout</c>.</summary>
internal static class LoginEndpoints
{
    public const string Path = "/login";

    public static void Map(Routes routes)
    {
        routes.Map(Path, [HttpMethods.Get, HttpMethods.Head], Need.Nothing, ShowAsync, BrowserErrorForm.Instance);
        routes.Map(Path, [HttpMethods.Post], Need.Nothing, SignInAsync, new FailedSignInForm());
        routes.Map("/logout", [HttpMethods.Post], Need.ReadableOnly, SignOutAsync, BrowserErrorForm.Instance);
    }

    private static async Task ShowAsync(Call call)
    {
        var to = ReturnPath.Of(call.Http, call.Query.Text(ReturnPath.Parameter));
        if (SessionCookie.Get(call.Http, SessionCookie.Session) is { } value && await call.Services.Sessions.FindAsync(value, call.Cancel) is not null)
        {
            Redirect(call.Http, to);
            return;
        }

        await PageWriter.WriteAsync(call.Http, WebPages.Login, ModelOf(call.Http, to));
    }

    private static async Task SignInAsync(Call call)
    {
        var form = await SmallForm.ReadAsync(call.Http);
        FormToken.Require(call.Http, form);
        var (sessions, address) = (call.Services.Sessions, call.Http.Connection.RemoteIpAddress);
        var (name, password, chosen) = (form["username"].ToString(), form["password"].ToString(), form["new_password"].ToString());
        if (chosen.Length > 0)
        {
            if (chosen != form["repeated_password"])
            {
                throw ProtocolException.Invalid("The new passwords differ. Enter the same one twice.");
            }

            await call.Services.Passwords.ChangeOneTimeAsync(name, new(password, chosen), address, call.Cancel);
            password = chosen;
        }

        var session = await sessions.BeginAsync(name, password, address, call.Cancel);
        SessionCookie.Set(call.Http, SessionCookie.Session, session.Value, SessionService.Lifetime);
        Redirect(call.Http, ReturnPath.Of(call.Http, form[ReturnPath.Parameter]));
    }

    // A page's form, or a program's request.
    private static async Task SignOutAsync(Call call)
    {
        var isForm = call.Http.Request.HasFormContentType;
        if (isForm)
        {
            FormToken.Require(call.Http, await SmallForm.ReadAsync(call.Http));
        }

        if (SessionCookie.Get(call.Http, SessionCookie.Session) is { } value)
        {
            await call.Services.Sessions.EndAsync(value, call.Caller, call.Cancel);
            SessionCookie.Delete(call.Http, SessionCookie.Session);
        }

        if (isForm)
        {
            Redirect(call.Http, call.Http.Request.PathBase + Path);
        }
        else
        {
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        }
    }

    // See Other: the browser follows with GET.
    private static void Redirect(HttpContext http, string to)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = to;
    }

    private static LoginModel ModelOf(HttpContext http, string to)
    {
        var provider = http.RequestServices.GetRequiredService<ServerOptions>().Oidc;
        return new()
        {
            ReturnTo = to,
            Provider = provider is null ? null : new Uri(provider.Issuer).Host,
            ProviderUrl = provider is null ? null : QueryHelpers.AddQueryString(http.Request.PathBase + ProviderLogin.Path, ReturnPath.Parameter, to),
        };
    }

    /// <summary>The page once more, with what went wrong and what was entered, but for passwords.</summary>
    private sealed class FailedSignInForm : ErrorForm
    {
        /// <inheritdoc/>
        public override ErrorForm For(HttpContext http) => BrowserErrorForm.IsBrowser(http) ? this : BrowserErrorForm.Json;

        /// <inheritdoc/>
        public override Task WriteAsync(HttpContext http, ProtocolException error)
        {
            var form = http.Features.Get<IFormFeature>()?.Form;
            return PageWriter.WriteAsync(http, WebPages.Login, ModelOf(http, ReturnPath.Of(http, form?[ReturnPath.Parameter].ToString())) with
            {
                UserName = form?["username"].ToString(),
                Error = error.Message,
                ChoosesPassword = error.ErrorCode == ErrorCode.InvalidState || form?["new_password"].Count > 0,
            }, error.StatusCode);
        }
    }
}
