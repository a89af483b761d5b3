using Dossier.Core.Access;
using Dossier.Core.Webhooks;
using Dossier.Server.Hosting;
using Dossier.Storage;
using Microsoft.Extensions.Logging;

namespace Dossier.Server.Webhooks;

/// <summary>Webhooks, put together: what handlers call, and the work in the background.</summary>
internal sealed class WebhookServices : IDisposable
{
    private readonly DossierStore _store;
    private readonly ServerOptions _options;
    private readonly HttpWebhookSender _sender;
    private readonly SecretBox _secrets;
    private readonly WebhookGate _gate;

    /// <exception cref="ServerOptionsException">The named key file can't be used.</exception>
    public WebhookServices(DossierStore store, ServerOptions options, AccessService access)
    {
        (_store, _options) = (store, options);
        var key = KeyFile.Of(options, store.SqlitePath);
        _secrets = new(key.Key);
        _gate = new(store.Webhooks, store.Identity, access);
        _sender = new(options.AllowPrivateWebhooks, options.Clock);
        var urls = new WebhookUrl(options.AllowPrivateWebhooks);
        var tester = new WebhookTester(store.Webhooks, _sender, _secrets, options.Clock);
        OfRegistry = new(store.Webhooks, _gate, tester, urls, _secrets, options.Clock);
        OfMlflow = new(store.Webhooks, _gate, tester, urls, _secrets, options.Clock);
    }

    /// <summary>Those of the workspace registry's dialect.</summary>
    public RegistryWebhookService OfRegistry { get; }

    /// <summary>Those of 3.x clients.</summary>
    public WebhookService OfMlflow { get; }

    /// <summary>Starts to send.</summary>
    public WebhookDispatcher StartDispatcher(ILogger logger) => WebhookDispatcher.Start(
        _store.WebhookOutbox, new(_store.WebhookOutbox, _gate, _sender, _secrets, _options.Clock), _options.Clock, logger);

    /// <summary>Closes the connections to receivers.</summary>
    public void Dispose() => _sender.Dispose();
}
