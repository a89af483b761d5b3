using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Training;

/// <summary>Fine-tunes, or trains from nothing, a classifier.</summary>
/// <param name="model">Changed in place; at the end it holds the best weights if <c>load_best_model_at_end</c>.</param>
/// <param name="processor">Makes inputs of pictures.</param>
/// <param name="arguments">How to train.</param>
public sealed class Trainer(ViTForImageClassification model, ImageProcessor processor, TrainingArguments arguments)
{
    /// <summary>The model.</summary>
    public ViTForImageClassification Model => model;

    /// <summary>Trains to the end, or until early stopping or the token ends it.</summary>
    /// <param name="train">Pictures to learn from; labels must be among the model's.</param>
    /// <param name="validation">Pictures to evaluate on.</param>
    /// <param name="progress">Told what happens, in order, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public Task<TrainingResult> TrainAsync(
        IReadOnlyList<Picture> train, IReadOnlyList<Picture> validation, IProgress<TrainingEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        _ = (processor, arguments);
        throw new NotImplementedException();
    }

    /// <summary>The model's logits of pictures, in evaluation mode and the pictures' order.</summary>
    public Task<Predictions> PredictAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
