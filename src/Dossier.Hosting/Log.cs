using Microsoft.Extensions.Logging;

namespace Dossier.Hosting;

/// <summary>The log messages of this room: event ids 100 to 199.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception failure, string method, string path);

    [LoggerMessage(101, LogLevel.Error, "{Work} failed and will be retried")]
    public static partial void WorkFailed(this ILogger logger, Exception failure, string work);
}
