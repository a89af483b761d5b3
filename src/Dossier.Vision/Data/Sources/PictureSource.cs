namespace Dossier.Vision.Data.Sources;

/// <summary>A data set before its pictures are read.</summary>
/// <param name="Format"><c>folder</c>, <c>csv</c> or <c>parquet</c>.</param>
/// <param name="Total">How many rows there will be.</param>
/// <param name="Rows">The rows, in the source's order.</param>
internal sealed record PictureSource(string Format, int Total, IAsyncEnumerable<SourceRow> Rows)
{
    /// <summary>The most pictures of a data set: what is known of each stays in memory, about 2 KiB.</summary>
    public const int MaxRows = 2_000_000;

    /// <summary>The most classes: more are a column of something else.</summary>
    public const int MaxClasses = 10_000;

    /// <summary>The longest name or label in characters.</summary>
    public const int MaxText = 1_000;
}

/// <summary>A picture as the source lists it.</summary>
/// <param name="Name">Its name; made unique later.</param>
/// <param name="Place">Where it is listed, for people: <c>image_anno.csv, line 7</c>.</param>
/// <param name="Label">The class as it is written there.</param>
/// <param name="ReadAsync">Reads the encoded bytes; a <see cref="VisionException"/> says why the picture is left out.</param>
internal sealed record SourceRow(string Name, string Place, string? Label, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> ReadAsync)
{
    /// <summary>What is said beyond the class.</summary>
    public string? Detail { get; init; }

    /// <summary>The split that the source assigns, as it is written there.</summary>
    public string? Split { get; init; }
}
