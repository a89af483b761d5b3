using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Dossier.Hosting.Telemetry;

/// <summary>A line a message, with the id of its request: <c>fail: Dossier.Server[101] GET /x failed (request 0HN…) System.IO.IOException: …</c>.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The logging builder makes it.")]
internal sealed class LogFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "dossier";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(": ");
        textWriter.Write(logEntry.Category);
        textWriter.Write('[');
        textWriter.Write(logEntry.EventId.Id);
        textWriter.Write("] ");
        WriteOneLine(textWriter, message);
        if (RequestOf(scopeProvider) is { } id)
        {
            textWriter.Write(" (request ");
            textWriter.Write(id);
            textWriter.Write(')');
        }

        if (logEntry.Exception is { } failure)
        {
            textWriter.Write(' ');
            WriteOneLine(textWriter, failure.ToString());
        }

        textWriter.Write('\n');
    }

    private static string? RequestOf(IExternalScopeProvider? scopes)
    {
        var found = new Found();
        scopes?.ForEachScope(static (scope, found) =>
        {
            if (scope is IReadOnlyList<KeyValuePair<string, object?>> fields)
            {
                for (var i = 0; i < fields.Count; i++)
                {
                    // The innermost one counts, and comes last.
                    found.Id = fields[i] is { Key: RequestScope.Key, Value: string id } ? id : found.Id;
                }
            }
        }, found);
        return found.Id;
    }

    // A line break in a message would look like a message of its own.
    private static void WriteOneLine(TextWriter to, string text)
    {
        foreach (var c in text)
        {
            if (c != '\r')
            {
                to.Write(char.IsControl(c) ? ' ' : c);
            }
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        LogLevel.Debug => "dbug",
        _ => "trce",
    };

    private sealed class Found
    {
        public string? Id { get; set; }
    }
}
