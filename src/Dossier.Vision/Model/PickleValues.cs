namespace Dossier.Vision.Model;

/// <summary>What a pickle of weights may name: a class or function that is known here. Nothing is ever looked up by its name.</summary>
internal enum PickleGlobal
{
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    FloatStorage,
    HalfStorage,
    BFloat16Storage,
    DoubleStorage,
}

/// <summary>The allow-list.</summary>
internal static class PickleGlobals
{
    public static PickleGlobal? Find(string name) => name switch
    {
        "collections.OrderedDict" => PickleGlobal.OrderedDict,
        "torch._utils._rebuild_tensor_v2" => PickleGlobal.RebuildTensor,
        "torch._utils._rebuild_parameter" => PickleGlobal.RebuildParameter,
        "torch.FloatStorage" => PickleGlobal.FloatStorage,
        "torch.HalfStorage" => PickleGlobal.HalfStorage,
        "torch.BFloat16Storage" => PickleGlobal.BFloat16Storage,
        "torch.DoubleStorage" => PickleGlobal.DoubleStorage,
        _ => null,
    };

    public static ElementType? Element(PickleGlobal global) => global switch
    {
        PickleGlobal.FloatStorage => ElementType.Float32,
        PickleGlobal.HalfStorage => ElementType.Float16,
        PickleGlobal.BFloat16Storage => ElementType.BFloat16,
        PickleGlobal.DoubleStorage => ElementType.Float64,
        _ => null,
    };
}

/// <summary>A storage beside the pickle: <paramref name="Count"/> numbers in the zip's entry <c>data/KEY</c>.</summary>
internal sealed record PickleStorage(ElementType Type, string Key, long Count);

/// <summary>A view of a storage, its sizes and strides in numbers, within the storage's bounds.</summary>
internal sealed record PickleTensor(PickleStorage Storage, int Offset, long[] Shape, long[] Strides, int Count)
{
    /// <summary>The tensor that <c>_rebuild_tensor_v2</c> would make; null if the numbers make none.</summary>
    public static PickleTensor? Create(PickleStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > 8 || offset < 0 || offset > storage.Count
            || HostTensor.Count(shape) is not { } count || HostTensor.Count([storage.Count]) is null)
        {
            return null;
        }

        // The last number's place; sizes and strides were bounded, but not their product.
        Int128 last = offset;
        foreach (var (size, stride) in shape.Zip(strides))
        {
            if (stride < 0)
            {
                return null;
            }

            last += (Int128)(size - 1) * stride;
        }

        return count == 0 || last < storage.Count ? new PickleTensor(storage, (int)offset, shape, strides, count) : null;
    }

    /// <summary>Whether the numbers lie in row-major order without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var dimension = Shape.Length - 1; dimension >= 0; dimension--)
            {
                if (Shape[dimension] != 1 && Strides[dimension] != expected)
                {
                    return false;
                }

                expected *= Shape[dimension];
            }

            return true;
        }
    }

    /// <summary>Puts the numbers in row-major order.</summary>
    public float[] Gather(ReadOnlySpan<float> storage)
    {
        var values = new float[Count];
        var index = new long[Shape.Length];
        long place = Offset;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = storage[(int)place];
            for (var dimension = Shape.Length - 1; dimension >= 0; dimension--)
            {
                place += Strides[dimension];
                if (++index[dimension] < Shape[dimension])
                {
                    break;
                }

                place -= Strides[dimension] * Shape[dimension];
                index[dimension] = 0;
            }
        }

        return values;
    }
}
