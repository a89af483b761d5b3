using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Users, as the protocol's basic-auth clients manage them: <c>/mlflow/users/…</c>.</summary>
internal static class AuthUserEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<UserPassword, AuthUserAnswer>("users/create", Need.Admin, CreateAsync);
        routes.Get("users/get", Need.ReadableOnly, GetAsync);
        routes.Patch<UserPassword>("users/update-password", Need.OwnPassword, UpdatePasswordAsync);
        routes.Patch<UpdateUserAdmin>("users/update-admin", Need.Admin, UpdateAdminAsync);
        routes.Delete<UserRef>("users/delete", Need.Admin, q => new(q.Text("username")), DeleteAsync);
    }

    private static async Task<AuthUserAnswer> CreateAsync(Call call, UserPassword message) =>
        new(await call.Services.AuthUsers.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<AuthUserAnswer> GetAsync(Call call) =>
        new(await call.Services.AuthUsers.GetAsync(call.Query.Text("username"), call.Caller, call.Cancel));

    private static Task UpdatePasswordAsync(Call call, UserPassword message) =>
        call.Services.AuthUsers.UpdatePasswordAsync(message, call.SignedIn, call.Cancel);

    private static Task UpdateAdminAsync(Call call, UpdateUserAdmin message) =>
        call.Services.AuthUsers.UpdateAdminAsync(message, call.Caller, call.Cancel);

    private static Task DeleteAsync(Call call, UserRef message) =>
        call.Services.AuthUsers.DeleteAsync(message, call.Caller, call.Cancel);
}
