using Dossier.Core;
using Dossier.Core.Webhooks;
using Dossier.Hosting;
using Dossier.Hosting.Errors;
using Dossier.Hosting.Telemetry;
using Dossier.Server.Access;
using Dossier.Server.Audit;
using Dossier.Server.Http;
using Dossier.Server.Oidc;
using Dossier.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dossier.Server.Hosting;

/// <summary>What every request passes, in this order.</summary>
internal static class Pipeline
{
    public static void Map(WebApplication app)
    {
        var services = app.Services;
        var options = services.GetRequiredService<ServerOptions>();
        var (domain, trail) = (services.GetRequiredService<Domain>(), services.GetRequiredService<AuditTrail>());
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(DossierServices.LogCategory);
        app.UseTelemetry(logger);
        RecordMetrics.Observe(services.GetRequiredService<ServerMetrics>().Meter, services.GetRequiredService<DossierStore>(), domain, services.GetRequiredService<IWebhookSender>());
        app.Use(new ErrorAnswers(services.GetRequiredService<ErrorForms>(), logger) { Observer = trail.Observe }.InvokeAsync);
        app.Use(new Browsers(options.BrowserRules).InvokeAsync);
        app.Use(RawPath.RefuseDotSegmentsAsync);
        app.UseRouting();
        if (options.RequireSignIn)
        {
            var provider = services.GetService<ProviderSignIn>();
            app.Use((http, next) => SignIn.RequireAsync(http, next, domain, provider));
        }
        else
        {
            app.Use(SignIn.AsLocalAsync);
        }

        app.EndWithEndpoints(RouteTable.Map);
    }
}
