namespace Dossier.Vision.Data;

/// <summary>One picture of a data set: its label, and what is known of its content without holding it.</summary>
public sealed record Picture
{
    /// <summary>The name within the data set, unique there: a path with <c>/</c>, or a Parquet row's name.</summary>
    public required string Name { get; init; }

    /// <summary>The class, e.g. <c>damaged</c>.</summary>
    public required string Label { get; init; }

    /// <summary>What the source says beyond the class, e.g. <c>bent,melt</c>; null if nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>The split that the source itself assigns (a column <c>split</c>); null if it assigns none.</summary>
    public string? Split { get; init; }

    /// <summary>SHA-256 of the encoded bytes, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Encoded bytes.</summary>
    public required long Length { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>What near duplicates are found by.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>Reads the encoded bytes, <see cref="Pictures.PictureDecoder.MaxBytes"/> at most.</summary>
    public required Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> ReadAsync { get; init; }
}
