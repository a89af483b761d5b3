using Dossier.Core.Identity;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Identity;

/// <summary>OAuth secrets of service principals: <c>/accounts/servicePrincipals/{id}/credentials/secrets</c>.</summary>
internal static class ClientSecretEndpoints
{
    public static void Map(Routes routes)
    {
        const string Secrets = "accounts/servicePrincipals/{service_principal_id}/credentials/secrets";
        var clients = routes.Domain.ClientCredentials;
        routes.PostForSecret(
            Secrets, ClientCredentials.MayCreateSecret, clients.CreateSecretAsync,
            bind: static (m, call) => m with { ServicePrincipalId = call.Route("service_principal_id") });
        routes.Get(Secrets, ClientCredentials.MayListSecrets, clients.ListSecretsAsync);
        routes.Delete($"{Secrets}/{{secret_id}}", ClientCredentials.MayDeleteSecret, clients.DeleteSecretAsync);
    }
}
