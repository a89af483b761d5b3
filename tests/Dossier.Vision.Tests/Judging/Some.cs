using Dossier.Vision.Data;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>Predictions for tests.</summary>
internal static class Some
{
    public static Predictions Predictions(int classes, IReadOnlyList<int> targets, float[] logits) => new(
        classes == 2 ? ["normal", "damaged"] : [.. Enumerable.Range(0, classes).Select(id => $"class {id}")],
        [.. targets.Select((target, place) => Picture($"{place:0000}.png", classes == 2 ? (target == 0 ? "normal" : "damaged") : $"class {target}"))],
        targets,
        logits);

    /// <summary>Random ones: half of the cases with coarse logits, so that scores tie.</summary>
    public static Predictions Predictions(Random random, int count, int classes, double skill = 1)
    {
        var targets = Enumerable.Range(0, count).Select(_ => random.Next(classes)).ToArray();
        var grid = random.Next(2) == 0 ? 1000 : 1;
        var logits = Enumerable.Range(0, count * classes)
            .Select(at => (float)Math.Round(((random.NextDouble() * 4) + (targets[at / classes] == at % classes ? skill : 0)) * grid) / grid);
        return Predictions(classes, targets, [.. logits]);
    }

    public static Picture Picture(string name, string label, byte[]? content = null) => new()
    {
        Name = name,
        Label = label,
        Sha256 = new string('0', 64),
        Length = content?.Length ?? 0,
        Width = 1,
        Height = 1,
        Fingerprint = null!,
        ReadAsync = _ => ValueTask.FromResult<ReadOnlyMemory<byte>>(content ?? throw new InvalidOperationException($"Nobody should read {name}.")),
    };
}
