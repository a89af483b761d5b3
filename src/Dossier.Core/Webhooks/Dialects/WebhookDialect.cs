namespace Dossier.Core.Webhooks;

/// <summary>In whose terms a webhook was made and is told. The numbers are stored, so they never change.</summary>
public enum WebhookDialect
{
    /// <summary>The workspace registry's, <c>/mlflow/registry-webhooks</c>.</summary>
    Workspace = 1,

    /// <summary>The one of 3.x clients, <c>/mlflow/webhooks</c>.</summary>
    Mlflow = 2,
}
