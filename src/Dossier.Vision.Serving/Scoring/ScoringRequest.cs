using Dossier.Vision.Serving.Input;
using Dossier.Vision.Serving.Models;

namespace Dossier.Vision.Serving.Scoring;

/// <summary>The pictures of one HTTP request. All are answered by the model that was served when it was accepted.</summary>
internal sealed class ScoringRequest
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _aborted;
    private int _left;
    private Exception? _error;

    public ScoringRequest(ServedModel model, IReadOnlyList<EncodedPicture> pictures, CancellationToken aborted)
    {
        Model = model;
        Jobs = [.. pictures.Select(picture => new PictureJob(this, picture))];
        _left = Jobs.Count;
        _aborted = aborted;
        if (_left == 0)
        {
            _ended.SetResult();
        }
    }

    public ServedModel Model { get; }

    /// <summary>In the order of the request.</summary>
    public IReadOnlyList<PictureJob> Jobs { get; }

    /// <summary>Whether nobody waits for the rest: the client is gone, or another picture was refused.</summary>
    public bool IsAbandoned => _aborted.IsCancellationRequested || Volatile.Read(ref _error) is not null;

    /// <summary>Ends once no thread looks at any of the pictures any more; with the first error, if there was one.</summary>
    public async Task EndAsync()
    {
        await _ended.Task;
        _aborted.ThrowIfCancellationRequested();
        if (_error is not null)
        {
            throw _error;
        }
    }

    public void JobEnded(Exception? error)
    {
        if (error is not null)
        {
            Interlocked.CompareExchange(ref _error, error, null);
        }

        if (Interlocked.Decrement(ref _left) == 0)
        {
            _ended.SetResult();
        }
    }
}
