using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Passwords: <c>/password/…</c>.</summary>
internal static class PasswordEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<ChangePassword>("password/change", Need.OwnPassword, ChangeAsync);
        routes.Post<SetPassword, PasswordSet>("password/set", Need.Admin, SetAsync);
    }

    private static Task ChangeAsync(Call call, ChangePassword message) =>
        call.Services.Passwords.ChangeOwnAsync(message, call.Caller, call.Http.Connection.RemoteIpAddress, call.Cancel);

    private static async Task<PasswordSet> SetAsync(Call call, SetPassword message)
    {
        TokenEndpoints.KeepNoCopy(call);
        var oneTime = message.NewPassword is null ? PasswordService.NewOneTime() : null;
        await call.Services.Passwords.SetAsync(message.UserName, message.NewPassword ?? oneTime, oneTime is not null, call.Caller, call.Cancel);
        return new(oneTime);
    }
}
