using System.Text;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Passwords;

/// <summary>Asks for a secret: unseen at a terminal, a line from a pipe. Secrets are no arguments, which other users of the machine can see.</summary>
internal static class SecretInput
{
    private const int Longest = 1000;

    /// <exception cref="UsageException">There is none.</exception>
    public static string Read(string question)
    {
        var secret = Console.IsInputRedirected ? Console.In.ReadLine() : Ask(question);
        return string.IsNullOrEmpty(secret) ? throw new UsageException("A password is missing. Nothing was changed.") : secret;
    }

    private static string Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (key.KeyChar != '\0' && typed.Length < Longest)
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
