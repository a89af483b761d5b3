namespace Dossier.Core.Artifacts;

/// <summary>What is known of a file.</summary>
/// <param name="Size">The size in bytes.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="ETag">Names this state of the file, without quotes: every write of it gives it another one, even when the bytes are the same.</param>
public sealed record ArtifactInfo(long Size, DateTimeOffset LastModified, string ETag);

/// <summary>An open file, or a range of one. Disposing it closes the stream.</summary>
/// <param name="Info">The whole file.</param>
/// <param name="Slice">Which bytes <paramref name="Stream"/> has; null if the range lies outside of the file.</param>
/// <param name="Stream">The bytes of the slice, no more; not seekable.</param>
public sealed record ArtifactContent(ArtifactInfo Info, ArtifactSlice? Slice, Stream Stream) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>
/// The part of a file that a reader asks for, as in HTTP's <c>Range</c>: <c>First-Last</c>, <c>First-</c> for the rest, <c>-Last</c> for the last so many
/// bytes. The default is the whole file.
/// </summary>
/// <param name="First">The first byte's offset; null for the end of the file.</param>
/// <param name="Last">The last byte's offset, which may lie beyond the end; without <paramref name="First"/>, the number of bytes.</param>
public readonly record struct ArtifactRange(long? First, long? Last)
{
    /// <summary>The whole file.</summary>
    public static ArtifactRange Whole => default;

    /// <summary>Whether no range is asked for.</summary>
    public bool IsWhole => this == default;

    /// <summary>The bytes that the range means in a file of this size; null if it lies outside.</summary>
    public ArtifactSlice? Of(long size)
    {
        if (IsWhole)
        {
            return new(0, size);
        }

        if (First is not { } first)
        {
            var length = Math.Min(Last ?? 0, size);
            return length <= 0 ? null : new(size - length, length);
        }

        var last = Math.Min(Last ?? long.MaxValue, size - 1);
        return first < 0 || first > last ? null : new(first, last - first + 1);
    }
}

/// <summary>Bytes of a file.</summary>
/// <param name="First">The first byte's offset.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct ArtifactSlice(long First, long Length);
