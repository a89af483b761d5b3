using System.CommandLine;
using Dossier.Client;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.CommandLine.Invocation;

/// <summary>Says on standard error, in a line or two, what went wrong and what would be right.</summary>
/// <param name="program">The command's name, which starts the line.</param>
/// <param name="isExpected">Whether an error is an expected one, whose message is enough for the user.</param>
public sealed class ErrorPrinter(string program, Func<Exception, bool> isExpected)
{
    /// <summary>Prints what is wrong with a command line, and where its help is.</summary>
    public static void PrintUsage(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var path = CommandPath.Of(parsed.CommandResult);
        var commands = parsed.CommandResult.Command.Subcommands;
        if (commands.Count > 0)
        {
            var unknown = parsed.UnmatchedTokens.Count > 0 ? $"unknown command '{parsed.UnmatchedTokens[0]}'; " : "";
            Write($"{path}: {unknown}use one of {string.Join(", ", commands.Select(command => command.Name))}.");
        }
        else
        {
            foreach (var error in parsed.Errors.Take(2))
            {
                Write($"{path}: {string.Join(' ', error.Message.Split(['\n', '\t'], StringSplitOptions.RemoveEmptyEntries))}");
            }
        }

        Write($"See '{path} --help'.");
    }

    /// <summary>Prints an error; with its stack only when asked for.</summary>
    public void Print(Exception error, bool verbose)
    {
        ArgumentNullException.ThrowIfNull(error);
        Write($"{program}: {Describe(error)}");
        if (verbose)
        {
            Console.Error.WriteLine(Redaction.Of(error.ToString()));
        }
        else if (!IsExpected(error))
        {
            Write("This is a bug; '--verbose' shows where it happened.");
        }
    }

    private string Describe(Exception error) => error switch
    {
        ProtocolException refusal => $"{refusal.Message} ({refusal.ErrorCode})",
        _ when IsExpected(error) => error.Message,
        _ => $"{error.GetType().Name}: {error.Message}",
    };

    private bool IsExpected(Exception error) =>
        error is UsageException or ProtocolException or RunLoggingException or IOException or UnauthorizedAccessException || isExpected(error);

    private static void Write(string line) => Console.Error.WriteLine(SafeText.OneLine(Redaction.Of(line)));
}
