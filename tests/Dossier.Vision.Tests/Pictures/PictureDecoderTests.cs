using System.Buffers.Binary;
using CsCheck;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Tests.Pictures;

/// <summary>Pictures from outside: what comes out is what PIL gives, and what is broken is refused.</summary>
public sealed class PictureDecoderTests
{
    [Theory]
    [InlineData("grey.png", 0)]
    [InlineData("grey-alpha.png", 0)]
    [InlineData("alpha.png", 0)]
    [InlineData("palette.png", 0)]
    [InlineData("palette-transparent.png", 0)]
    [InlineData("bits.png", 0)]
    [InlineData("colour.bmp", 0)]
    [InlineData("palette.gif", 0)]
    [InlineData("lossless.webp", 0)]
    [InlineData("lossy.webp", 1)]
    [InlineData("colour.jpg", 1)]
    [InlineData("subsampled.jpg", 1)]
    [InlineData("progressive.jpg", 1)]
    [InlineData("grey.jpg", 1)]
    [InlineData("turned.jpg", 1)]
    [InlineData("cmyk.jpg", 2)]
    public void A_picture_of_any_kind_becomes_the_RGB_that_PIL_gives(string name, int tolerance) =>
        Assert.InRange(Fixture.Difference(Fixture.Picture(name + ".rgb.png"), Fixture.Picture(name)), 0, tolerance);

    [Theory]
    [InlineData("source.png")]
    [InlineData("alpha.png")]
    [InlineData("palette.png")]
    [InlineData("colour.jpg")]
    [InlineData("subsampled.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("colour.bmp")]
    [InlineData("palette.gif")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    public void A_picture_that_is_cut_off_anywhere_is_refused(string name)
    {
        var whole = Fixture.Bytes(name);
        var read = 0;
        for (var length = 0; length < whole.Length * 95 / 100; length += Math.Max(1, whole.Length / 150))
        {
            if (Record.Exception(() => PictureDecoder.Decode(whole.AsMemory(0, length))) is not VisionException)
            {
                read++;
            }
        }

        Assert.Equal(0, read);
    }

    [Fact]
    public void A_header_of_50_000_by_50_000_pixels_is_refused_before_memory_is_taken()
    {
        var bomb = PngHeader(50_000, 50_000);
        Assert.Throws<VisionException>(() => PictureDecoder.Measure(bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<VisionException>(() => PictureDecoder.Decode(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal("The picture claims 50,000 × 50,000 pixels; 67,108,864 in all are the most.", refusal.Message);
    }

    [Fact]
    public void A_thin_endless_line_is_refused() =>
        Assert.Equal("The picture claims 1 × 900,000 pixels; 65,535 are the most of a side.", Assert.Throws<VisionException>(() => PictureDecoder.Decode(PngHeader(1, 900_000))).Message);

    [Fact]
    public void Too_many_bytes_are_refused_unread() =>
        Assert.Contains("67,108,864 are the most", Assert.Throws<VisionException>(() => PictureDecoder.Decode(new byte[PictureDecoder.MaxBytes + 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_bytes_are_decoded_or_refused_and_nothing_else()
    {
        string[] names = ["source.png", "colour.jpg", "progressive.jpg", "colour.bmp", "palette.gif", "lossy.webp"];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 12]).Sample(
            (which, changes) =>
            {
                var bytes = Fixture.Bytes(names[which]);
                foreach (var (place, value) in changes)
                {
                    bytes[place % bytes.Length] = value;
                }

                return Record.Exception(() => PictureDecoder.Decode(bytes)) is null or VisionException;
            },
            iter: 2000);
    }

    [Fact]
    public void Text_and_nothing_are_no_pictures()
    {
        Assert.Equal("Not a picture: JPEG, PNG, WebP, BMP and GIF are read.", Assert.Throws<VisionException>(() => PictureDecoder.Decode("hello"u8.ToArray())).Message);
        Assert.Equal("The picture is empty: 0 bytes.", Assert.Throws<VisionException>(() => PictureDecoder.Decode(default)).Message);
    }

    [Fact]
    public void What_is_written_as_PNG_is_read_as_it_was()
    {
        var source = Fixture.Picture("source.png");
        Assert.Equal(source.Pixels, PictureDecoder.Decode(PictureEncoder.Png(source)).Pixels);
        Assert.Equal((77, 53), PictureDecoder.Measure(PictureEncoder.Jpeg(source)));
    }

    private static byte[] PngHeader(int width, int height)
    {
        var bytes = new byte[8 + 25 + 12];
        ((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(bytes);
        Chunk(bytes.AsSpan(8), "IHDR"u8, 13);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        (bytes[24], bytes[25]) = (8, 2);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc(bytes.AsSpan(12, 17)));
        Chunk(bytes.AsSpan(33), "IDAT"u8, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(41), Crc(bytes.AsSpan(37, 4)));
        return bytes;
    }

    private static void Chunk(Span<byte> to, ReadOnlySpan<byte> type, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, length);
        type.CopyTo(to[4..]);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
