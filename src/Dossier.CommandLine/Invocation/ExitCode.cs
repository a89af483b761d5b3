namespace Dossier.CommandLine.Invocation;

/// <summary>The exit codes of the commands.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The work could not be done: a server refused, a file is missing, …</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong: nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>Cut short by Ctrl-C (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>Cut short by SIGTERM (128 + SIGTERM).</summary>
    public const int Terminated = 143;
}
