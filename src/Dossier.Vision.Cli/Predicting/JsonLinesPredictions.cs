using System.Text.Json.Nodes;
using Dossier.Vision.Cli.Output;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Cli.Predicting;

/// <summary>Predictions as JSON lines: <c>{"name":…,"label":…,"score":…,"scores":{…}}</c>, or <c>{"name":…,"error":…}</c>.</summary>
/// <param name="output">Where to; left open.</param>
/// <param name="classes">Class names, by id.</param>
internal sealed class JsonLinesPredictions(TextWriter output, IReadOnlyList<string> classes) : IPredictionWriter
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(InferredPicture picture, CancellationToken cancellationToken)
    {
        var line = new JsonObject { ["name"] = picture.Name };
        if (picture.Classification is { } said)
        {
            line["label"] = said.Label;
            line["score"] = said.Score;
            line["scores"] = new JsonObject(classes.Zip(said.Scores, (name, score) => KeyValuePair.Create(name, (JsonNode?)score)));
        }
        else
        {
            line["error"] = picture.Error;
        }

        await output.WriteAsync((line.ToJsonString(VisionJson.Line) + "\n").AsMemory(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);
}
