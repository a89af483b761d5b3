using Dossier.Hosting;
using Dossier.Vision.Inference;
using Microsoft.AspNetCore.Http;

namespace Dossier.Vision.Cli.Serving.Http;

/// <summary>Writes the answers of scoring requests.</summary>
internal static class Answers
{
    /// <summary>Answers with MLflow's <c>{"predictions": […]}</c>.</summary>
    public static Task PredictionsAsync(HttpResponse response, IReadOnlyList<Classification> answers) => AnswerWriter.WriteJsonAsync(response, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("predictions");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("label", answer.Label);
            json.WriteNumber("score", answer.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
