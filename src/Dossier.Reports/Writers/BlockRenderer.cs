using Dossier.Reports.Document;

namespace Dossier.Reports.Writers;

/// <summary>Writes blocks of one kind in one format.</summary>
/// <typeparam name="TOutput">What the format is written to.</typeparam>
internal abstract class BlockRenderer<TOutput>
{
    /// <summary>The kind of block.</summary>
    public abstract Type Kind { get; }

    /// <summary>Writes a block of that kind.</summary>
    public abstract void Write(TOutput output, Block block);
}

/// <inheritdoc/>
/// <typeparam name="TOutput">What the format is written to.</typeparam>
/// <typeparam name="TBlock">The kind of block.</typeparam>
internal abstract class BlockRenderer<TOutput, TBlock> : BlockRenderer<TOutput>
    where TBlock : Block
{
    public sealed override Type Kind => typeof(TBlock);

    public sealed override void Write(TOutput output, Block block) => Write(output, (TBlock)block);

    protected abstract void Write(TOutput output, TBlock block);
}

/// <summary>A format's renderers, one for each kind of block.</summary>
internal sealed class BlockRenderers<TOutput>(params IEnumerable<BlockRenderer<TOutput>> renderers)
{
    private readonly Dictionary<Type, BlockRenderer<TOutput>> _byKind = renderers.ToDictionary(renderer => renderer.Kind);

    public void Write(TOutput output, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            _byKind[block.GetType()].Write(output, block);
        }
    }
}
