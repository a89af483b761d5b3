using Dossier.Core.Access;

namespace Dossier.Core.Webhooks;

/// <summary>Webhooks in both dialects, and the sending of what they tell.</summary>
public sealed class WebhookServices
{
    internal WebhookServices(DomainPorts ports, DomainOptions options, AccessService access)
    {
        var (stores, clock) = (ports.Stores, ports.Clock);
        var secrets = new SecretBox(ports.SecretKey);
        var gate = new WebhookGate(stores.Webhooks, stores.Identity, access);
        var urls = new WebhookUrl(options.AllowPrivateWebhooks);
        var tester = new WebhookTester(stores.Webhooks, ports.WebhookSender, secrets, clock);
        OfRegistry = new(stores.Webhooks, gate, tester, urls, secrets, clock);
        OfMlflow = new(stores.Webhooks, gate, tester, urls, secrets, clock);
        Delivering = new(stores.WebhookOutbox, gate, ports.WebhookSender, secrets, clock);
    }

    /// <summary>Those of the workspace registry's dialect.</summary>
    public RegistryWebhookService OfRegistry { get; }

    /// <summary>Those of 3.x clients.</summary>
    public WebhookService OfMlflow { get; }

    /// <summary>Sends deliveries, for a server's background work.</summary>
    public WebhookDelivering Delivering { get; }
}
