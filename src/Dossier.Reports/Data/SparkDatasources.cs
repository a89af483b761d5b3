using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>
/// The tag in which Spark's autologging notes what a run read: one source a line, <c>path=…,version=43,format=delta</c>.
/// </summary>
internal static class SparkDatasources
{
    /// <summary>
    /// The sources as objects of strings. Only the first <c>=</c> of a token splits; a token without one belongs to the value before it,
    /// for paths may hold commas.
    /// </summary>
    public static RecordList Parse(string text) =>
        new(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseSource));

    private static RecordObject ParseSource(string line)
    {
        var source = new RecordObject();
        string? last = null;
        foreach (var token in line.Split(','))
        {
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && last is not null)
            {
                source[last] = new RecordText(source.TextAt(last) + "," + token);
                continue;
            }

            last = equals < 0 ? token : token[..equals];
            source[last] = new RecordText(equals < 0 ? "" : token[(equals + 1)..]);
        }

        return source;
    }
}
