using System.Text.Json;

namespace Dossier.Bench.Results;

/// <summary>Prints figures for programs.</summary>
public static class JsonWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>An object with the rows of the server and, where there is one, of the other under <c>against</c>; a server that broke off has its failure beside its rows.</summary>
    public static string Write(IReadOnlyList<Row> rows, IReadOnlyList<Row>? against, Failure? failure, Failure? againstFailure) =>
        JsonSerializer.Serialize(new { rows, against, failure, againstFailure }, Options) + "\n";
}
