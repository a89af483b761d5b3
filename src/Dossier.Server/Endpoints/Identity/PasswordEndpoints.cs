using Dossier.Core.Identity;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints.Identity;

/// <summary>Passwords: <c>/password/…</c>.</summary>
internal static class PasswordEndpoints
{
    public static void Map(Routes routes)
    {
        var passwords = routes.Domain.Passwords;
        routes.Handle(
            "password/change", HttpMethods.Post, PasswordService.MayChangeOwn,
            (call, request) => passwords.ChangeOwnAsync(request, call.Http.Connection.RemoteIpAddress, call.Cancel));
        routes.PostForSecret("password/set", PasswordService.MaySet, passwords.SetAsync);
    }
}
