using Dossier.Core.Artifacts;
using Dossier.Core.Registry;
using Dossier.Core.Webhooks;

namespace Dossier.Core;

/// <summary>What the domain stands on.</summary>
public sealed record DomainPorts
{
    /// <summary>The record.</summary>
    public required IRecordStores Stores { get; init; }

    /// <summary>Opens the artifact store. Called once, when artifacts are first needed: a command that makes an administrator needs none.</summary>
    public required Func<IArtifactStore> Artifacts { get; init; }

    /// <summary>The network, for webhooks.</summary>
    public required IWebhookSender WebhookSender { get; init; }

    /// <summary>Returns the key that encrypts the secrets of webhooks, 32 bytes; throws a <see cref="Protocol.ProtocolException"/> where there is no key.</summary>
    public required Func<ReadOnlyMemory<byte>> SecretKey { get; init; }

    /// <summary>The time of changes.</summary>
    public required TimeProvider Clock { get; init; }
}

/// <summary>What an operator decides about the domain.</summary>
public sealed record DomainOptions
{
    /// <summary>The aliases that only callers who may move versions to Production can set or delete.</summary>
    public ProtectedAliases ProtectedAliases { get; init; } = new(ProtectedAliases.Default);

    /// <summary>Whether webhooks may send to private addresses.</summary>
    public bool AllowPrivateWebhooks { get; init; }

    /// <summary>The identity provider's group whose members are administrators; null for none.</summary>
    public string? ProviderAdminGroup { get; init; }
}
