using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>Pictures as a model's input, in order.</summary>
/// <param name="Inputs">At least <paramref name="Count"/> × channels × height × width values.</param>
/// <param name="Targets">The class of each picture.</param>
/// <param name="Count">Pictures.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
internal sealed record Batch(float[] Inputs, long[] Targets, int Count, int Height, int Width)
{
    /// <summary><c>[Count, 3, Height, Width]</c>. On the CPU it looks at <see cref="Inputs"/>, which must stay until it is disposed.</summary>
    public Tensor InputTensor(Device device) =>
        frombuffer(Inputs, ScalarType.Float32, (long)Count * 3 * Height * Width).reshape(Count, 3, Height, Width).to(device);

    /// <summary><c>[Count]</c>.</summary>
    public Tensor TargetTensor(Device device) => tensor(Targets, device: device);
}
