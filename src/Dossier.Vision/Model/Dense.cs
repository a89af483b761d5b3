using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dossier.Vision.Model;

/// <summary>Linear layers whose weights are left as they lie in memory: they are drawn as transformers draws them, or read from a file, but not drawn twice.</summary>
internal static class Dense
{
    public static Linear New(long from, long to, bool bias = true) =>
        nn.Linear(nn.Parameter(empty(to, from)), bias ? nn.Parameter(empty(to)) : null);

    public static Tensor Apply(Linear linear, Tensor input) => nn.functional.linear(input, linear.weight!, linear.bias);
}

/// <summary>A part of the module tree that only gives its parts their names.</summary>
internal sealed class Branch : nn.Module
{
    public Branch(params ReadOnlySpan<(string Name, nn.Module Module)> parts)
        : base(nameof(Branch))
    {
        foreach (var (name, module) in parts)
        {
            register_module(name, module);
        }
    }
}
