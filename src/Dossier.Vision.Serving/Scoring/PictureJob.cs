using System.Buffers;
using Dossier.Vision.Serving.Input;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Serving.Scoring;

/// <summary>One picture of a request on its way through the queue.</summary>
internal sealed class PictureJob(ScoringRequest request, EncodedPicture picture)
{
    private float[]? _input;

    public ScoringRequest Request => request;

    public EncodedPicture Picture => picture;

    /// <summary>What the model said, once it did.</summary>
    public Classification? Answer { get; private set; }

    /// <summary>The SHA-256 of the picture's bytes in hex, where the request is captured.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The picture's bytes, where they are captured.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>The model's input; rented, and given back once the picture is done.</summary>
    public Span<float> Input(int length) => (_input ??= ArrayPool<float>.Shared.Rent(length)).AsSpan(0, length);

    /// <summary>Ends it with an answer, with an error of the request, or (both null) dropped.</summary>
    public void End(Classification? answer, Exception? error)
    {
        if (_input is { } rented)
        {
            ArrayPool<float>.Shared.Return(rented);
            _input = null;
        }

        Answer = answer;
        request.JobEnded(error);
    }
}
