using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints.Identity;

/// <summary>Users, as the protocol's basic-auth clients manage them: <c>/mlflow/users/…</c>.</summary>
internal static class AuthUserEndpoints
{
    public static void Map(Routes routes)
    {
        var users = routes.Domain.AuthUsers;
        routes.Post("users/create", AuthUserService.MayCreate, users.CreateAsync, static user => new AuthUserAnswer(user));
        routes.Get("users/get", AuthUserService.MayGet, users.GetAsync, static user => new AuthUserAnswer(user));
        routes.Handle(
            "users/update-password", HttpMethods.Patch, AuthUserService.MayUpdatePassword,
            (call, request) => users.UpdatePasswordAsync(request, call.SignedIn, call.Cancel));
        routes.Patch("users/update-admin", AuthUserService.MayUpdateAdmin, users.UpdateAdminAsync);
        routes.Delete("users/delete", AuthUserService.MayDelete, users.DeleteAsync);
    }
}
