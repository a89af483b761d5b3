namespace Dossier.Protocol;

/// <summary>A webhook of the model registry, in the workspace registry's dialect: about one registered model, or about all.</summary>
public sealed record RegistryWebhook
{
    /// <summary>Its id.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The registered model that it is about, by its present name; absent for all models.</summary>
    public string? ModelName { get; init; }

    /// <summary>Some of <see cref="RegistryWebhookEvent"/>.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>One of <see cref="WebhookStatus"/>.</summary>
    public string Status { get; init => field = value ?? WebhookStatus.Active; } = WebhookStatus.Active;

    /// <summary>Creation, in milliseconds since the epoch.</summary>
    public long? CreationTimestamp { get; init; }

    /// <summary>Last change, in milliseconds since the epoch.</summary>
    public long? LastUpdatedTimestamp { get; init; }

    /// <summary>Where it sends to.</summary>
    public HttpUrlTarget? HttpUrlSpec { get; init; }
}

/// <summary>Where a webhook sends to. Its secret and authorization are in no answer.</summary>
/// <param name="Url">An <c>https</c> URL.</param>
/// <param name="EnableSslVerification">Whether the receiver's certificate is checked.</param>
public sealed record HttpUrlTarget(string Url, bool? EnableSslVerification);

/// <summary>Where a webhook is to send to, with what proves to the receiver where it comes from.</summary>
public sealed record HttpUrlSpec
{
    /// <summary>An <c>https</c> URL, without user, password and fragment.</summary>
    public string? Url { get; init; }

    /// <summary>Whether the receiver's certificate is checked; true by default.</summary>
    public bool? EnableSslVerification { get; init; }

    /// <summary>The key of the header <c>X-Databricks-Signature</c>: the lower-case hex HMAC-SHA-256 of the body. Empty: none.</summary>
    public string? Secret { get; init; }

    /// <summary>The value of the header <c>Authorization</c>, e.g. <c>Bearer …</c>. Empty: none.</summary>
    public string? Authorization { get; init; }

    /// <summary>Tells nothing: records print their members, and these are secret.</summary>
    public override string ToString() => nameof(HttpUrlSpec);
}

/// <summary>The states of a webhook.</summary>
public static class WebhookStatus
{
    /// <summary>Sends.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Sends nothing.</summary>
    public const string Disabled = "DISABLED";

    /// <summary>Sends only when it is tested; of the workspace registry's dialect alone.</summary>
    public const string TestMode = "TEST_MODE";
}

/// <summary>What a <see cref="RegistryWebhook"/> can tell.</summary>
public static class RegistryWebhookEvent
{
    /// <summary>A version was added.</summary>
    public const string ModelVersionCreated = "MODEL_VERSION_CREATED";

    /// <summary>A version was moved to another stage.</summary>
    public const string ModelVersionTransitionedStage = "MODEL_VERSION_TRANSITIONED_STAGE";

    /// <summary>A version was moved to Staging.</summary>
    public const string ModelVersionTransitionedToStaging = "MODEL_VERSION_TRANSITIONED_TO_STAGING";

    /// <summary>A version was moved to Production.</summary>
    public const string ModelVersionTransitionedToProduction = "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION";

    /// <summary>A version was moved to Archived.</summary>
    public const string ModelVersionTransitionedToArchived = "MODEL_VERSION_TRANSITIONED_TO_ARCHIVED";

    /// <summary>Somebody asked to move a version to another stage.</summary>
    public const string TransitionRequestCreated = "TRANSITION_REQUEST_CREATED";

    /// <summary>Somebody asked to move a version to Staging.</summary>
    public const string TransitionRequestToStagingCreated = "TRANSITION_REQUEST_TO_STAGING_CREATED";

    /// <summary>Somebody asked to move a version to Production.</summary>
    public const string TransitionRequestToProductionCreated = "TRANSITION_REQUEST_TO_PRODUCTION_CREATED";

    /// <summary>Somebody asked to move a version to Archived.</summary>
    public const string TransitionRequestToArchivedCreated = "TRANSITION_REQUEST_TO_ARCHIVED_CREATED";

    /// <summary>Somebody commented on a version.</summary>
    public const string CommentCreated = "COMMENT_CREATED";

    /// <summary>A model was registered; only for webhooks about all models.</summary>
    public const string RegisteredModelCreated = "REGISTERED_MODEL_CREATED";

    /// <summary>A tag of a version was set.</summary>
    public const string ModelVersionTagSet = "MODEL_VERSION_TAG_SET";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ModelVersionCreated, ModelVersionTransitionedStage, ModelVersionTransitionedToStaging, ModelVersionTransitionedToProduction,
        ModelVersionTransitionedToArchived, TransitionRequestCreated, TransitionRequestToStagingCreated, TransitionRequestToProductionCreated,
        TransitionRequestToArchivedCreated, CommentCreated, RegisteredModelCreated, ModelVersionTagSet,
    ];
}
