using System.Text.Json;

namespace Dossier.Bench.Results;

/// <summary>Prints figures for programs.</summary>
public static class JsonWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>An object with the rows of the server and, where there is one, of the other under <c>against</c>.</summary>
    public static string Write(IReadOnlyList<Row> rows, IReadOnlyList<Row>? against) =>
        JsonSerializer.Serialize(new { rows, against }, Options) + "\n";
}
