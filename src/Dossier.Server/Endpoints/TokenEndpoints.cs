using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Personal access tokens: one's own (<c>/token/…</c>) and, for administrators, everybody's (<c>/token-management/…</c>).</summary>
internal static class TokenEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateToken, TokenCreated>("token/create", Need.ReadableOnly, CreateAsync);
        routes.Get("token/list", Need.ReadableOnly, ListOwnAsync);
        routes.Post<TokenRef>("token/delete", Need.ReadableOnly, DeleteOwnAsync);
        routes.Patch<UpdateToken>("token/{token_id}", Need.ReadableOnly, UpdateAsync);

        routes.Get("token-management/tokens", Need.Admin, ListAllAsync);
        routes.Get("token-management/tokens/{token_id}", Need.Admin, GetAsync);
        routes.Delete("token-management/tokens/{token_id}", Need.Admin, DeleteAsync);
        routes.Post<CreateTokenOnBehalf, TokenCreated>("token-management/on-behalf-of/tokens", Need.Admin, CreateOnBehalfAsync);
    }

    private static Task<TokenCreated> CreateAsync(Call call, CreateToken message)
    {
        KeepNoCopy(call);
        return call.Services.Tokens.CreateAsync(message, call.Caller, call.Cancel);
    }

    private static Task<TokenList> ListOwnAsync(Call call) => call.Services.Tokens.ListOwnAsync(call.Caller, call.Cancel);

    private static Task DeleteOwnAsync(Call call, TokenRef message) => call.Services.Tokens.DeleteOwnAsync(message, call.Caller, call.Cancel);

    private static Task UpdateAsync(Call call, UpdateToken message) =>
        call.Services.Tokens.UpdateAsync(call.Route("token_id"), message, call.Caller, call.Cancel);

    private static Task<TokenList> ListAllAsync(Call call) =>
        call.Services.Tokens.ListAllAsync(call.Query.Integer("created_by_id"), call.Query.Text("created_by_username"), call.Cancel);

    private static async Task<TokenAnswer> GetAsync(Call call) => new(await call.Services.Tokens.GetAsync(call.Route("token_id"), call.Cancel));

    private static Task DeleteAsync(Call call) => call.Services.Tokens.DeleteAsync(call.Route("token_id"), call.Caller, call.Cancel);

    private static Task<TokenCreated> CreateOnBehalfAsync(Call call, CreateTokenOnBehalf message)
    {
        KeepNoCopy(call);
        return call.Services.Tokens.CreateOnBehalfAsync(message, call.Caller, call.Cancel);
    }

    /// <summary>An answer with a secret in it is stored nowhere on its way.</summary>
    internal static void KeepNoCopy(Call call) => call.Http.Response.Headers.CacheControl = "no-store";
}
