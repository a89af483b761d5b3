using System.Net.Sockets;

namespace Dossier.Bench.Results;

/// <summary>A server that broke off: nothing is measured on it any more.</summary>
/// <param name="Scenario">What was being measured.</param>
/// <param name="After">The last row that the server had before; null if it had none of this scenario.</param>
/// <param name="Message">What happened.</param>
public sealed record Failure(string Scenario, string? After, string Message)
{
    /// <summary>Why the server is measured no further; null if the exception is not about the server.</summary>
    public static string? MessageOf(Exception exception) => exception switch
    {
        BenchException => exception.Message,
        SocketException => $"The server is not there, or went away: {exception.Message}.",
        IOException => $"The connection broke: {exception.Message}",
        AggregateException several when several.Flatten().InnerExceptions is [{ } first, ..] => MessageOf(first),
        _ => null,
    };
}
