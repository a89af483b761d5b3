using System.Text;

namespace Dossier.CommandLine.Output;

/// <summary>Standard output, buffered and in UTF-8 without byte order mark whatever the system's code page.</summary>
public static class StandardOutput
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Makes it what <see cref="Console.Out"/> writes to; flushed by <see cref="Console.Out"/>'s own flush.</summary>
    public static void Prepare() => Console.SetOut(
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize) { NewLine = "\n" });
}
