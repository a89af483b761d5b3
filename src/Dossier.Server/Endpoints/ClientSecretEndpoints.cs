using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>OAuth secrets of service principals: <c>/accounts/servicePrincipals/{id}/credentials/secrets</c>.</summary>
internal static class ClientSecretEndpoints
{
    private const string Secrets = "accounts/servicePrincipals/{service_principal_id}/credentials/secrets";

    public static void Map(Routes routes)
    {
        routes.Post<CreateClientSecret, ClientSecret>(Secrets, Need.Admin, CreateAsync);
        routes.Get(Secrets, Need.Admin, ListAsync);
        routes.Delete(Secrets + "/{secret_id}", Need.Admin, DeleteAsync);
    }

    private static Task<ClientSecret> CreateAsync(Call call, CreateClientSecret message)
    {
        TokenEndpoints.KeepNoCopy(call);
        return call.Services.ClientCredentials.CreateSecretAsync(IdOf(call), message, call.Caller, call.Cancel);
    }

    private static Task<ClientSecretList> ListAsync(Call call) => call.Services.ClientCredentials.ListSecretsAsync(IdOf(call), call.Cancel);

    private static Task DeleteAsync(Call call) =>
        call.Services.ClientCredentials.DeleteSecretAsync(IdOf(call), call.Route("secret_id"), call.Caller, call.Cancel);

    private static string IdOf(Call call) => call.Route("service_principal_id");
}
