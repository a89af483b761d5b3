namespace Dossier.Vision.Training;

/// <summary>When something is done in training; <c>steps</c>, which transformers has too, is not there.</summary>
public enum IntervalStrategy
{
    /// <summary>Never (<c>no</c>).</summary>
    No,

    /// <summary>After each epoch, and at the end of training (<c>epoch</c>).</summary>
    Epoch,
}

/// <summary>How the learning rate changes over the steps, after the warm-up.</summary>
public enum LrSchedulerType
{
    /// <summary>Falls in a straight line to 0 (<c>linear</c>).</summary>
    Linear,

    /// <summary>Falls along half a cosine to 0 (<c>cosine</c>).</summary>
    Cosine,

    /// <summary>Stays, and has no warm-up (<c>constant</c>).</summary>
    Constant,

    /// <summary>Stays after the warm-up (<c>constant_with_warmup</c>).</summary>
    ConstantWithWarmup,
}

/// <summary>Which AdamW. The two differ by where epsilon stands and whether the decay comes first: by parts in a million, with the default epsilon.</summary>
public enum Optim
{
    /// <summary>As transformers had it (<c>adamw_hf</c>): epsilon is added before the bias correction, the decay follows the step.</summary>
    AdamWHf,

    /// <summary>As PyTorch has it (<c>adamw_torch</c>): epsilon is added after the bias correction, the decay comes before the step.</summary>
    AdamWTorch,
}

/// <summary>The wire names of the choices.</summary>
public static class TrainingChoices
{
    /// <summary>The name of a strategy: <c>no</c>, <c>epoch</c>.</summary>
    public static string Name(IntervalStrategy value) => value switch
    {
        IntervalStrategy.No => "no",
        IntervalStrategy.Epoch => "epoch",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>The name of a schedule: <c>linear</c>, <c>cosine</c>, <c>constant</c>, <c>constant_with_warmup</c>.</summary>
    public static string Name(LrSchedulerType value) => value switch
    {
        LrSchedulerType.Linear => "linear",
        LrSchedulerType.Cosine => "cosine",
        LrSchedulerType.Constant => "constant",
        LrSchedulerType.ConstantWithWarmup => "constant_with_warmup",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>The name of an optimiser: <c>adamw_hf</c>, <c>adamw_torch</c>.</summary>
    public static string Name(Optim value) => value switch
    {
        Optim.AdamWHf => "adamw_hf",
        Optim.AdamWTorch => "adamw_torch",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };
}
