using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Review;
using Dossier.Core.Tracking;
using Dossier.Core.Webhooks;

namespace Dossier.Core;

/// <summary>The ports to one record: what the domain reads and writes.</summary>
public interface IRecordStores
{
    /// <summary>Experiments and runs.</summary>
    ITrackingStore Tracking { get; }

    /// <summary>Registered models and their versions.</summary>
    IRegistryStore Registry { get; }

    /// <summary>Transition requests, comments, and the history of versions.</summary>
    IReviewStore Review { get; }

    /// <summary>Logged models.</summary>
    ILoggedModelStore LoggedModels { get; }

    /// <summary>Grants and folders.</summary>
    IAccessStore Access { get; }

    /// <summary>Users, groups and service principals.</summary>
    IIdentityStore Identity { get; }

    /// <summary>Passwords and tokens.</summary>
    ICredentialStore Credentials { get; }

    /// <summary>OAuth secrets of service principals.</summary>
    IClientSecretStore ClientSecrets { get; }

    /// <summary>Which memberships came from the identity provider.</summary>
    IProviderGroupStore ProviderGroups { get; }

    /// <summary>The stream of events.</summary>
    IAuditStore Audit { get; }

    /// <summary>Webhooks and the log of their deliveries.</summary>
    IWebhookStore Webhooks { get; }

    /// <summary>Deliveries that wait to be sent.</summary>
    IWebhookOutbox WebhookOutbox { get; }
}
