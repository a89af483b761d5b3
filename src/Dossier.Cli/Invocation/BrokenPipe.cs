namespace Dossier.Cli.Invocation;

/// <summary>Recognises that the reader of our output has gone.</summary>
internal static class BrokenPipe
{
    private const int Epipe = 32;
    private const int ErrorBrokenPipe = unchecked((int)0x8007006D);
    private const int ErrorNoData = unchecked((int)0x800700E8);

    /// <summary>Whether the error is that standard output's reader closed it.</summary>
    public static bool IsCauseOf(Exception error) =>
        error is IOException { HResult: Epipe or ErrorBrokenPipe or ErrorNoData };
}
