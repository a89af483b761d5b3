using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Dossier.Samples.Pcb;

/// <summary>What a scoring server says of a picture.</summary>
/// <param name="Label">The class.</param>
/// <param name="Score">Its probability.</param>
internal sealed record Prediction([property: JsonPropertyName("label")] string Label, [property: JsonPropertyName("score")] double Score)
{
    /// <summary>Asks a scoring server by MLflow's protocol, as any client does.</summary>
    /// <param name="server">The scoring server.</param>
    /// <param name="picture">The encoded picture.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<Prediction> AskAsync(Uri server, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server };
        var question = new { dataframe_records = new[] { new { data = Convert.ToBase64String(picture.Span) } } };
        using var answer = await http.PostAsJsonAsync("invocations", question, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Answer>(cancellationToken))!.Predictions[0];
    }

    private sealed record Answer([property: JsonPropertyName("predictions")] IReadOnlyList<Prediction> Predictions);
}
