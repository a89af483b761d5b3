using System.Security.Cryptography;
using Dossier.Core.Artifacts;

namespace Dossier.Artifacts.Tests;

public abstract partial class ArtifactStoreContract
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task A_large_file_is_written_and_read_without_being_held_in_memory()
    {
        const int size = 100 * Mebibyte;
        var most = GC.GetTotalMemory(forceFullCollection: true) + (24 * Mebibyte);
        using var content = new LongStream(size, NoteMemory);
        await Store.WriteAsync(At("1/large"), content, Token);
        using var read = new LongStream(0, NoteMemory);
        await using (var file = (await Store.OpenAsync(At("1/large"), ArtifactRange.Whole, Token))!)
        {
            await file.Stream.CopyToAsync(read, Token);
        }

        Assert.Equal(size, (await Store.FindAsync(At("1/large"), Token))!.Size);
        Assert.Equal(content.Hash(), read.Hash());

        void NoteMemory(long position)
        {
            if (position % (20 * Mebibyte) < 2 * Mebibyte)
            {
                Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, most);
            }
        }
    }

    [Fact]
    public async Task A_write_that_is_cancelled_half_way_leaves_what_was_there()
    {
        await WriteAsync("1/file", "old");
        foreach (var path in new[] { "1/file", "1/new/file" })
        {
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
            using var content = new LongStream(20 * Mebibyte, position => CancelAt(10 * Mebibyte, position, cancelled));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync(At(path), content, cancelled.Token));
        }

        Assert.Equal("old", await ReadAsync("1/file"));
        Assert.Equal(["file"], await NamesAsync("1"));
    }

    [Fact]
    public async Task A_write_whose_sender_breaks_off_leaves_what_was_there()
    {
        await WriteAsync("1/file", "old");
        using var content = new LongStream(20 * Mebibyte, position =>
        {
            if (position > 10 * Mebibyte)
            {
                throw new IOException("The connection was reset.");
            }
        });
        await Assert.ThrowsAsync<IOException>(() => Store.WriteAsync(At("1/file"), content, Token));
        Assert.Equal("old", await ReadAsync("1/file"));
    }

    [Fact]
    public async Task A_part_that_is_cancelled_half_way_can_be_put_again()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, Server, Token);
        if (upload.Credentials[0].Url.StartsWith(Server, StringComparison.Ordinal))
        {
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
            using var content = new LongStream(4 * Mebibyte, position => CancelAt(2 * Mebibyte, position, cancelled));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WritePartAsync(upload.UploadId, 1, content, cancelled.Token));
        }

        var part = await PutAsync(upload, 1, "whole"u8.ToArray());
        await Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [part], Token);
        Assert.Equal("whole", await ReadAsync("1/f"));
    }

    [Fact]
    public async Task Of_many_writers_of_one_file_each_reader_sees_one_whole()
    {
        var texts = Enumerable.Range(0, 6).Select(writer => Pattern(150_000 + writer, writer)).ToList();
        await WriteAsync("1/file", texts[0]);
        var writing = Task.WhenAll(texts.Select(text => Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                await WriteAsync("1/file", text);
            }
        }, Token)));
        do
        {
            var read = (await BytesAsync("1/file", ArtifactRange.Whole))!;
            Assert.True(read.AsSpan().SequenceEqual(texts[read.Length - 150_000]), "A reader saw a file that nobody wrote.");
        }
        while (!writing.IsCompleted);

        await writing;
        Assert.Equal(["file"], await NamesAsync("1"));
    }

    private static void CancelAt(long limit, long position, CancellationTokenSource source)
    {
        if (position > limit)
        {
            source.Cancel();
        }
    }

    /// <summary>A stream longer than memory should be: it makes what is read of it and forgets what is written to it, and hashes both.</summary>
    private sealed class LongStream(long length, Action<long> moved) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly Random _bytes = new(11);
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public string Hash() => Convert.ToHexString(_hash.GetCurrentHash());

        public override int Read(Span<byte> buffer)
        {
            var part = buffer[..(int)Math.Min(buffer.Length, length - _position)];
            _bytes.NextBytes(part);
            Move(part);
            return part.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(Read(buffer.Span));
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Move(buffer);

        public override void Write(byte[] buffer, int offset, int count) => Move(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Move(buffer.Span);
            return default;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }

        private void Move(ReadOnlySpan<byte> bytes)
        {
            _hash.AppendData(bytes);
            _position += bytes.Length;
            moved(_position);
        }
    }
}
