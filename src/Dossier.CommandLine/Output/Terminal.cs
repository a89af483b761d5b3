using Spectre.Console;

namespace Dossier.CommandLine.Output;

/// <summary>Standard output as a terminal, or as the plain stream that it is when piped.</summary>
public static class Terminal
{
    private const int NarrowestUsed = 20;

    private static readonly Lazy<IAnsiConsole> Screen = new(static () => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Out),
        Interactive = InteractionSupport.No,
    }));

    /// <summary>The width that people see, in cells; null when nobody does, and nothing is cut.</summary>
    public static int? Width => Console.IsOutputRedirected ? null : Math.Max(Screen.Value.Profile.Width, NarrowestUsed);

    /// <summary>Writes text, styled where a terminal shows it.</summary>
    public static void Write(string text, Style style)
    {
        if (Console.IsOutputRedirected || style.Equals(Style.Plain))
        {
            Console.Out.Write(text);
        }
        else
        {
            Screen.Value.Write(new Text(text, style));
        }
    }
}
