using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Identity;

/// <summary>Personal access tokens: one's own (<c>/token/…</c>) and, for administrators, everybody's (<c>/token-management/…</c>).</summary>
internal static class TokenEndpoints
{
    public static void Map(Routes routes)
    {
        var tokens = routes.Domain.Tokens;
        routes.PostForSecret("token/create", TokenService.MayCreate, tokens.CreateAsync);
        routes.Get("token/list", TokenService.MayListOwn, tokens.ListOwnAsync);
        routes.Post("token/delete", TokenService.MayDeleteOwn, tokens.DeleteOwnAsync);
        routes.Patch("token/{token_id}", TokenService.MayUpdate, tokens.UpdateAsync, bind: static (m, call) => m with { TokenId = call.Route("token_id") });

        routes.Get("token-management/tokens", TokenService.MayListAll, tokens.ListAllAsync);
        routes.Get("token-management/tokens/{token_id}", TokenService.MayGet, tokens.GetAsync, static token => new TokenAnswer(token));
        routes.Delete("token-management/tokens/{token_id}", TokenService.MayDelete, tokens.DeleteAsync);
        routes.PostForSecret("token-management/on-behalf-of/tokens", TokenService.MayCreateOnBehalf, tokens.CreateOnBehalfAsync);
    }
}
