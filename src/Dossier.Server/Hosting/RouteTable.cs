using Dossier.Hosting.Errors;
using Dossier.Server.Endpoints;
using Dossier.Server.Endpoints.Files;
using Dossier.Server.Endpoints.Identity;
using Dossier.Server.Endpoints.Mlflow;
using Dossier.Server.Endpoints.Workspace;
using Dossier.Server.Http;
using Dossier.Server.Oidc;
using Dossier.Server.Pages;
using Dossier.Server.Scim;
using Dossier.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Hosting;

/// <summary>All routes: which endpoint group stands under which base path.</summary>
internal static class RouteTable
{
    // The realm of other servers of the protocol, under which people's tools keep their passwords.
    internal const string Challenge = "Basic realm=\"mlflow\"";

    private static readonly ScimErrorForm ScimErrors = new(Challenge);

    /// <summary>The form of errors outside of the groups that have their own.</summary>
    public static ErrorForm Errors => BrowserErrorForm.Instance;

    /// <summary>Adds every route of the server.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var root = new Routes(app);
        ServiceEndpoints.Map(root);
        OAuthEndpoints.Map(root);
        OwnedArtifactEndpoints.MapDownloads(root);
        PageRoutes.Map(root);
        if (app.ServiceProvider.GetRequiredService<ServerOptions>().RequireSignIn)
        {
            LoginEndpoints.Map(root);
            app.ServiceProvider.GetService<ProviderLogin>()?.Map(root);
        }

        // Pages call the same API under a path of their own.
        foreach (var api in new[] { "/api", "/ajax-api" })
        {
            MapMlflow(new(app.MapGroup($"{api}/2.0/mlflow")));
            MapWorkspace(new(app.MapGroup($"{api}/2.0")));
            AuditEndpoints.Map(new(app.MapGroup($"{api}/2.0/audit")));
            LoggedModelEndpoints.Map(new(app.MapGroup($"{api}/3.0/mlflow")));
            ScimEndpoints.Map(new(app.MapGroup($"{api}/2.0/preview/scim/v2", ScimErrors)));
            ScimEndpoints.Map(new(app.MapGroup($"{api}/2.0/accounts/{{account}}/scim/v2", ScimErrors)));
            var artifacts = new Routes(app.MapGroup($"{api}/2.0/mlflow-artifacts"));
            ArtifactEndpoints.Map(artifacts);
            MultipartEndpoints.Map(artifacts);
        }
    }

    private static void MapWorkspace(Routes routes)
    {
        PermissionEndpoints.Map(routes);
        WorkspaceEndpoints.Map(routes);
        TokenEndpoints.Map(routes);
        PasswordEndpoints.Map(routes);
        ClientSecretEndpoints.Map(routes);
    }

    private static void MapMlflow(Routes routes)
    {
        ExperimentEndpoints.Map(routes);
        RunEndpoints.Map(routes);
        RunLoggingEndpoints.Map(routes);
        MetricEndpoints.Map(routes);
        RegisteredModelEndpoints.Map(routes);
        ModelVersionEndpoints.Map(routes);
        TransitionRequestEndpoints.Map(routes);
        ActivityEndpoints.Map(routes);
        LoggedModelEndpoints.Map(routes);
        OwnedArtifactEndpoints.Map(routes);
        RegistryWebhookEndpoints.Map(routes);
        WebhookEndpoints.Map(routes);
        AuthUserEndpoints.Map(routes);
        UserPermissionEndpoints.Map(routes);
    }
}
