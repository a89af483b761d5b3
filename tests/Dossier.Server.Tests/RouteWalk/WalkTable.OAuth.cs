using System.Net;
using Dossier.Core.Access;
using static Dossier.Server.Tests.RouteWalk.May;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>OAuth's client credentials, and the secrets for them.</summary>
internal static partial class WalkTable
{
    private const string Secrets = "accounts/servicePrincipals/{service_principal_id}/credentials/secrets";

    private static IEnumerable<Row> OAuth =>
    [
        // The secret in the form is the sign-in; a request without a form gets as far as that.
        new("POST", "oidc/v1/token", Anything, _ => new { }) { Through = HttpStatusCode.BadRequest },
        new("GET", "oidc/.well-known/oauth-authorization-server", Anything, _ => new { }),

        new("POST", Secrets, Administer, async w => new { service_principal_id = await w.NewPrincipalAsync(PrincipalKind.ServicePrincipal) }),
        new("GET", Secrets, Administer, async w => new { service_principal_id = await w.NewPrincipalAsync(PrincipalKind.ServicePrincipal) }),
        new("DELETE", Secrets + "/{secret_id}", Administer, NewSecretAsync),
    ];

    private static async Task<object> NewSecretAsync(Walk walk)
    {
        var id = await walk.NewPrincipalAsync(PrincipalKind.ServicePrincipal);
        var made = await walk.Admin.SendAsync(HttpMethod.Post, $"/api/2.0/accounts/servicePrincipals/{id}/credentials/secrets", "{}");
        return new { service_principal_id = id, secret_id = made.Json.GetProperty("id").GetString() };
    }
}
