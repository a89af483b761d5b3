using Dossier.Vision.Serving.Models;
using Microsoft.Extensions.Logging;

namespace Dossier.Vision.Serving;

/// <summary>The log messages of this room: event ids 300 to 399.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Information, "Now serving {Model} instead of {Previous}")]
    public static partial void ModelExchanged(this ILogger logger, ModelTarget model, ModelTarget previous);

    [LoggerMessage(301, LogLevel.Error, "{Trouble}")]
    public static partial void ModelTrouble(this ILogger logger, string trouble);

    [LoggerMessage(302, LogLevel.Information, "The served model is current again: {Model}")]
    public static partial void ModelCurrentAgain(this ILogger logger, ModelTarget model);

    [LoggerMessage(303, LogLevel.Error, "Writing captured requests failed; they are dropped and counted until it works again: {Reason}")]
    public static partial void CaptureFailed(this ILogger logger, string reason);
}
