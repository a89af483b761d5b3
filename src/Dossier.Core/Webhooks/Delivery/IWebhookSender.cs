namespace Dossier.Core.Webhooks;

/// <summary>What came back from a receiver.</summary>
/// <param name="Status">The HTTP status; null without an answer.</param>
/// <param name="Body">The start of the answer's text.</param>
/// <param name="Error">Why there was no answer; reveals nothing about the internal network.</param>
/// <param name="MayPass">Whether another attempt may end otherwise.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
public sealed record WebhookReply(int? Status, string? Body, string? Error, bool MayPass, long DurationMs)
{
    /// <summary>Whether the receiver took it.</summary>
    public bool Accepted => Status is >= 200 and < 300;
}

/// <summary>The port to the network.</summary>
public interface IWebhookSender
{
    /// <summary>Sends one request, within a bounded time; the reply reports failures.</summary>
    Task<WebhookReply> SendAsync(WebhookPost post, CancellationToken cancel);
}
