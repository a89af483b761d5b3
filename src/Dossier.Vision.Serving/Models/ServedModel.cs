using Dossier.Vision.Inference;

namespace Dossier.Vision.Serving.Models;

/// <summary>A model that answers requests. It is closed once it was retired and the last request that uses it is done.</summary>
internal sealed class ServedModel
{
    private readonly string? _folderToDelete;
    private int _users = 1;

    /// <param name="classifier">The model; closed with this.</param>
    /// <param name="target">Which one it is.</param>
    /// <param name="loadedAt">When it was loaded.</param>
    /// <param name="folderToDelete">The files downloaded for it; null where they are not ours.</param>
    public ServedModel(PictureClassifier classifier, ModelTarget target, DateTimeOffset loadedAt, string? folderToDelete) =>
        (Classifier, Target, LoadedAt, _folderToDelete) = (classifier, target, loadedAt, folderToDelete);

    public PictureClassifier Classifier { get; }

    public ModelTarget Target { get; }

    public DateTimeOffset LoadedAt { get; }

    /// <summary>What a row of a batch's logits says.</summary>
    public Classification Answer(ReadOnlySpan<float> logits, int row) =>
        Classifier.Answer(logits.Slice(row * Classifier.Classes.Count, Classifier.Classes.Count));

    /// <summary>Keeps it open for a request; false when it is closed already.</summary>
    public bool TryUse()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    /// <summary>A request is done with it, or (once) the server is.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        Classifier.Dispose();
        ModelLoader.Delete(_folderToDelete);
    }
}
