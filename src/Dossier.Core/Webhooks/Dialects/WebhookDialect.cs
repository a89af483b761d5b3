namespace Dossier.Core.Webhooks;

/// <summary>
/// The API that a webhook was created with, whose names and payloads it uses. The numbers are stored, so they never change.
/// </summary>
public enum WebhookDialect
{
    /// <summary>The workspace registry's, <c>/mlflow/registry-webhooks</c>.</summary>
    Workspace = 1,

    /// <summary>The one of 3.x clients, <c>/mlflow/webhooks</c>.</summary>
    Mlflow = 2,
}
