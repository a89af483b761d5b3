using System.Text;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Output;

/// <summary>Prints reports to standard output.</summary>
internal static class ReportOutput
{
    /// <summary>The encoding of reports: no byte order mark.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Into a file or pipe, the exact bytes of the report; onto a terminal, nothing that would command it, and a line end.</summary>
    public static void Write(string report)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.Write(report);
        }
        else
        {
            Console.Out.WriteLine(SafeText.Lines(report));
        }
    }
}
