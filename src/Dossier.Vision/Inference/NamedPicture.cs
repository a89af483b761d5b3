namespace Dossier.Vision.Inference;

/// <summary>A picture to be classified, not read yet.</summary>
/// <param name="Name">Its name: a path with <c>/</c>, or a Parquet row's name.</param>
/// <param name="ReadAsync">Reads the encoded bytes, <see cref="Pictures.PictureDecoder.MaxBytes"/> at most; a <see cref="VisionException"/> says why that cannot be.</param>
public sealed record NamedPicture(string Name, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> ReadAsync);

/// <summary>What a classifier said of a <see cref="NamedPicture"/>, or why it could say nothing.</summary>
/// <param name="Name">The picture's name.</param>
/// <param name="Logits">A logit for each class; null if there is an error.</param>
/// <param name="Classification">The same as probabilities; null if there is an error.</param>
/// <param name="Error">What is wrong with the picture; null if nothing is.</param>
public sealed record InferredPicture(string Name, IReadOnlyList<float>? Logits, Classification? Classification, string? Error);
