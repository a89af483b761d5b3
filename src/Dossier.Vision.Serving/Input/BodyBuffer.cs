using System.Buffers;

namespace Dossier.Vision.Serving.Input;

/// <summary>A request's body in one pooled array, charged to the budget of all. Pictures are slices of it, so it is given back last.</summary>
internal sealed class BodyBuffer(ByteBudget budget, long maxBytes) : IDisposable
{
    private const int LeastBytes = 16 * 1024;

    private byte[] _bytes = [];
    private int _charged;

    /// <summary>Bytes read.</summary>
    public int Length { get; private set; }

    /// <summary>What was read.</summary>
    public Memory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Makes room for bytes to come.</summary>
    /// <exception cref="Dossier.Protocol.ProtocolException">The body is longer than is taken (413), or all bodies together are (429).</exception>
    public void Reserve(long bytes)
    {
        if (Length + bytes > maxBytes)
        {
            throw ScoringErrors.BodyTooLarge(maxBytes);
        }

        if (_bytes.Length - Length >= bytes)
        {
            return;
        }

        var size = (int)Math.Min(Math.Max(Length + bytes, Math.Max(2L * _bytes.Length, LeastBytes)), maxBytes);
        if (!budget.TryTake(size))
        {
            throw ScoringErrors.Busy("the request bodies in flight use all the memory reserved for them", 1);
        }

        // Only asked for sizes are charged, so that giving back is exact whatever the pool rents out.
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(larger);
        Release();
        (_bytes, _charged) = (larger, size);
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Reads a stream to its end, or to the bound.</summary>
    /// <returns>Where in the buffer its bytes begin.</returns>
    public async Task<int> ReadAsync(Stream stream, long expected, CancellationToken cancellationToken)
    {
        var start = Length;
        Reserve(Math.Max(expected, 0));
        while (true)
        {
            if (_bytes.Length == Length)
            {
                // Whether more comes is not known yet: a probe must not refuse a body that just fits.
                var probe = new byte[1];
                if (await stream.ReadAsync(probe, cancellationToken) == 0)
                {
                    return start;
                }

                Append(probe);
                continue;
            }

            var read = await stream.ReadAsync(_bytes.AsMemory(Length), cancellationToken);
            if (read == 0)
            {
                return start;
            }

            if (Length + (long)read > maxBytes)
            {
                throw ScoringErrors.BodyTooLarge(maxBytes);
            }

            Length += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        (_bytes, Length) = ([], 0);
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            budget.Give(_charged);
            _charged = 0;
        }
    }
}
