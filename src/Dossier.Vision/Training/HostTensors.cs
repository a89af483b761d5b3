using System.Runtime.InteropServices;
using Dossier.Vision.Model;
using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>Between torch's memory and ours.</summary>
internal static class HostTensors
{
    /// <summary>A copy of a tensor's values.</summary>
    public static HostTensor Of(Tensor tensor)
    {
        using var here = tensor.detach().to(ScalarType.Float32, copy: true).cpu().contiguous();
        return new HostTensor(tensor.shape, MemoryMarshal.Cast<byte, float>(here.bytes).ToArray());
    }

    /// <summary>A tensor of the values, on the CPU.</summary>
    public static Tensor ToTensor(HostTensor values)
    {
        var here = empty([.. values.Shape], ScalarType.Float32, CPU);
        values.Values.Span.CopyTo(MemoryMarshal.Cast<byte, float>(here.bytes));
        return here;
    }
}
