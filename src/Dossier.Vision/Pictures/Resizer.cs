using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dossier.Vision.Pictures;

/// <summary>
/// Changes a picture's size as PIL's <c>Image.resize</c> does, to the bit: first each row, then each column, 8 bits between the two, weights in
/// fixed point with 22 binary places.
/// </summary>
public static class Resizer
{
    private const int Half = 1 << (ResampleKernel.Precision - 1);

    /// <summary>Resizes a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">The new width in pixels.</param>
    /// <param name="height">The new height in pixels.</param>
    /// <param name="resample">The filter; all but nearest are antialiased when shrinking.</param>
    public static Raster Resize(Raster picture, int width, int height, Resample resample) =>
        Resize(picture, new Crop(0, 0, picture.Width, picture.Height), width, height, resample);

    /// <summary>Resizes a part of a picture as if it were cut out first: pixels beyond it have no influence.</summary>
    internal static Raster Resize(Raster picture, Crop crop, int width, int height, Resample resample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var resized = new Raster(width, height, GC.AllocateUninitializedArray<byte>(checked(width * height * 3)));
        if (resample == Resample.Nearest || (crop.Width == width && crop.Height == height))
        {
            TakeNearest(picture, crop, resized);
            return resized;
        }

        // 16 more than needed: a row is stored in steps of 4 bytes.
        var between = ArrayPool<byte>.Shared.Rent((width * crop.Height * 3) + 16);
        try
        {
            ResizeRows(picture, crop, width, resample, between);
            ResizeColumns(between, crop.Height, resized, resample);
            return resized;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(between);
        }
    }

    private static void TakeNearest(Raster picture, Crop crop, Raster resized)
    {
        var columns = Nearest(crop.Width, resized.Width);
        var rows = Nearest(crop.Height, resized.Height);
        var to = 0;
        foreach (var row in rows)
        {
            var line = picture.Pixels.AsSpan((((crop.Top + row) * picture.Width) + crop.Left) * 3, crop.Width * 3);
            foreach (var column in columns)
            {
                line.Slice(column * 3, 3).CopyTo(resized.Pixels.AsSpan(to));
                to += 3;
            }
        }
    }

    // Summed step by step as PIL does: the product differs from the sum where a position falls on a pixel's edge.
    private static int[] Nearest(int from, int to)
    {
        var places = new int[to];
        var step = (double)from / to;
        var place = step * 0.5;
        for (var i = 0; i < to; i++, place += step)
        {
            places[i] = Math.Min((int)place, from - 1);
        }

        return places;
    }

    private static void ResizeRows(Raster picture, Crop crop, int width, Resample resample, byte[] between)
    {
        if (crop.Width == width)
        {
            for (var row = 0; row < crop.Height; row++)
            {
                picture.Pixels.AsSpan((((crop.Top + row) * picture.Width) + crop.Left) * 3, width * 3).CopyTo(between.AsSpan(row * width * 3));
            }

            return;
        }

        var kernel = ResampleKernel.Create(resample, crop.Width, width);

        // A copy of the row with room behind it: pixels are loaded in steps of 4 bytes.
        var line = new byte[(crop.Width * 3) + 4];
        for (var row = 0; row < crop.Height; row++)
        {
            picture.Pixels.AsSpan((((crop.Top + row) * picture.Width) + crop.Left) * 3, crop.Width * 3).CopyTo(line);
            ResizeRow(ref MemoryMarshal.GetArrayDataReference(line), kernel, between.AsSpan(row * width * 3, (width * 3) + 1));
        }
    }

    private static void ResizeRow(ref byte line, in ResampleKernel kernel, Span<byte> to)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(kernel.Weights);
        for (var x = 0; x < kernel.Starts.Length; x++)
        {
            ref var pixel = ref Unsafe.Add(ref line, kernel.Starts[x] * 3);
            ref var weight = ref Unsafe.Add(ref weights, x * kernel.Stride);
            var sum = Vector128.Create(Half);
            for (var i = 0; i < kernel.Counts[x]; i++)
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixel, i * 3))).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() * Vector128.Create(Unsafe.Add(ref weight, i));
            }

            MemoryMarshal.Write(to[(x * 3)..], ToBytes(sum).AsUInt32().ToScalar());
        }
    }

    private static void ResizeColumns(byte[] between, int rows, Raster resized, Resample resample)
    {
        var stride = resized.Width * 3;
        if (rows == resized.Height)
        {
            between.AsSpan(0, resized.Pixels.Length).CopyTo(resized.Pixels);
            return;
        }

        var kernel = ResampleKernel.Create(resample, rows, resized.Height);
        for (var y = 0; y < resized.Height; y++)
        {
            var source = between.AsSpan(kernel.Starts[y] * stride, (kernel.Counts[y] * stride));
            var weights = kernel.Weights.AsSpan(y * kernel.Stride, kernel.Counts[y]);
            var to = resized.Pixels.AsSpan(y * stride, stride);
            var x = 0;
            for (; x + 16 <= stride; x += 16)
            {
                SumColumns(source[x..], stride, weights).CopyTo(to[x..]);
            }

            for (; x < stride; x++)
            {
                to[x] = SumColumn(source[x..], stride, weights);
            }
        }
    }

    private static Vector128<byte> SumColumns(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        ref var at = ref MemoryMarshal.GetReference(source);
        Vector128<int> sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = Vector128.Create(Half);
        for (var i = 0; i < weights.Length; i++)
        {
            var weight = Vector128.Create(weights[i]);
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref at, (nuint)(i * stride)));
            sum0 += Vector128.WidenLower(low).AsInt32() * weight;
            sum1 += Vector128.WidenUpper(low).AsInt32() * weight;
            sum2 += Vector128.WidenLower(high).AsInt32() * weight;
            sum3 += Vector128.WidenUpper(high).AsInt32() * weight;
        }

        return Vector128.Narrow(Vector128.Narrow(Clip(sum0), Clip(sum1)), Vector128.Narrow(Clip(sum2), Clip(sum3)));
    }

    private static byte SumColumn(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        var sum = Half;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += source[i * stride] * weights[i];
        }

        return (byte)Math.Clamp(sum >> ResampleKernel.Precision, 0, 255);
    }

    private static Vector128<byte> ToBytes(Vector128<int> sum)
    {
        var clipped = Vector128.Narrow(Clip(sum), Vector128<uint>.Zero);
        return Vector128.Narrow(clipped, Vector128<ushort>.Zero);
    }

    private static Vector128<uint> Clip(Vector128<int> sum) =>
        Vector128.Min(Vector128.Max(sum >> ResampleKernel.Precision, Vector128<int>.Zero), Vector128.Create(255)).AsUInt32();
}
