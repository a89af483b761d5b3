using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Server.Http;

/// <summary>Puts <c>&lt;HUB_TOKEN&gt;</c> in the place of what looks like a secret, in every message that brings params or tags, before anything else sees it.</summary>
internal static class SecretMask
{
    /// <summary>The message without secrets.</summary>
    public static TMessage Of<TMessage>(TMessage message)
        where TMessage : class => (TMessage)(object)(message switch
        {
            LogParam one => one with { Value = Value(one.Key, one.Value) },
            LogBatch batch => batch with { Params = All(batch.Params), Tags = All(batch.Tags) },
            SetRunTag one => one with { Value = Value(one.Key, one.Value) },
            CreateRun run => run with { Tags = All(run.Tags) },
            LogInputs inputs => inputs with { Datasets = inputs.Datasets?.Select(static input => input is null ? input! : input with { Tags = All(input.Tags) }).ToList() },
            CreateExperiment experiment => experiment with { Tags = All(experiment.Tags) },
            SetExperimentTag one => one with { Value = Value(one.Key, one.Value) },
            CreateRegisteredModel model => model with { Tags = All(model.Tags) },
            SetRegisteredModelTag one => one with { Value = Value(one.Key, one.Value) },
            CreateModelVersion version => version with { Tags = All(version.Tags) },
            SetModelVersionTag one => one with { Value = Value(one.Key, one.Value) },
            CreateLoggedModel model => model with { Params = All(model.Params), Tags = All(model.Tags) },
            SetLoggedModelTags tags => tags with { Tags = All(tags.Tags) },
            LogLoggedModelParams parameters => parameters with { Params = All(parameters.Params) },
            _ => message,
        });

    // JSON may say null where the records don't; the domain refuses it.
    private static string? Value(string? key, string? value) => key is null ? value : SecretNames.Hide(key, value);

    private static List<Tag>? All(IReadOnlyList<Tag>? tags) =>
        tags?.Select(static tag => tag is null ? tag! : tag with { Value = Value(tag.Key, tag.Value)! }).ToList();

    private static List<Param>? All(IReadOnlyList<Param>? parameters) =>
        parameters?.Select(static one => one is null ? one! : one with { Value = Value(one.Key, one.Value)! }).ToList();
}
