using Microsoft.Extensions.Logging;

namespace Dossier.Server;

/// <summary>The log messages of this room: event ids 200 to 299.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Error, "Sending webhooks failed and will be retried")]
    public static partial void WebhooksFailed(this ILogger logger, Exception failure);
}
