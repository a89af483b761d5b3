using Spectre.Console;

namespace Dossier.CommandLine.Output;

/// <summary>
/// What is being done, on standard error: on a terminal one line that is drawn anew, elsewhere a plain line now and then. Work that is done within a second shows
/// nothing. Safe for many threads.
/// </summary>
public sealed class ProgressLine : IDisposable
{
    private const string EraseLine = "\r\u001b[K";
    private const int AssumedWidth = 80;
    private const int NarrowestUsed = 20;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly bool _isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private readonly TimeProvider _time;
    private long _last;
    private bool _isDrawn;

    /// <summary>A line that shows nothing yet.</summary>
    public ProgressLine(TimeProvider time)
    {
        _time = time;

        // The first one comes when the quiet is over.
        _last = time.GetTimestamp() - (long)((Between - Quiet).TotalSeconds * time.TimestampFrequency);
    }

    private TimeSpan Between => _isTerminal ? BetweenFrames : BetweenLines;

    /// <summary>Shows how far the work is, if it is time to.</summary>
    /// <param name="text">Made only then; told whether there is a terminal to draw a bar on.</param>
    public void Show(Func<bool, string> text)
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_last) < Between)
            {
                return;
            }

            _last = _time.GetTimestamp();
            if (_isTerminal)
            {
                Console.Error.Write(EraseLine + Fitted(text, Width() - 1));
                _isDrawn = true;
            }
            else
            {
                Console.Error.WriteLine(SafeText.OneLine(text(false)));
            }
        }
    }

    /// <summary>Says a line that stays.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            Erase();
            Console.Error.WriteLine(SafeText.OneLine(line));
        }
    }

    /// <summary>Takes the drawn line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Erase();
        }
    }

    private void Erase()
    {
        if (_isDrawn)
        {
            Console.Error.Write(EraseLine);
            _isDrawn = false;
        }
    }

    /// <summary>The text in so many cells: without its bar where that is too long, and then without what comes last.</summary>
    public static string Fitted(Func<bool, string> text, int cells)
    {
        var line = SafeText.OneLine(text(true));
        if (CellText.Fitting(line, cells) == line.Length)
        {
            return line;
        }

        line = SafeText.OneLine(text(false));
        var fitting = CellText.Fitting(line, cells);
        var whole = fitting == line.Length ? fitting : line.LastIndexOf(", ", fitting, StringComparison.Ordinal);
        return line[..(whole > 0 ? whole : fitting)];
    }

    private static int Width()
    {
        var width = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Profile.Width;
        return Math.Max(width <= 0 ? AssumedWidth : width, NarrowestUsed);
    }
}
