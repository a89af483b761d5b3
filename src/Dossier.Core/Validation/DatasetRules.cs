using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for the inputs of runs.</summary>
internal static class DatasetRules
{
    /// <summary>The dataset inputs of one request, checked.</summary>
    public static IReadOnlyList<DatasetInput> Check(IReadOnlyList<DatasetInput>? inputs) =>
        ListRules.Each(ListRules.Bounded(inputs, "datasets", Limits.Datasets), "datasets", Check);

    private static DatasetInput Check(DatasetInput input, string field)
    {
        var dataset = input.Dataset ?? throw ProtocolException.Missing($"{field}.dataset");
        return input with
        {
            Tags = TagRules.Check(input.Tags, Limits.InputTags, Limits.InputTagValue, $"{field}.tags", Limits.InputTagKey),
            Dataset = dataset with
            {
                Name = TextRules.Required(dataset.Name, $"{field}.dataset.name", Limits.DatasetName),
                Digest = TextRules.Required(dataset.Digest, $"{field}.dataset.digest", Limits.DatasetDigest),
                SourceType = TextRules.Required(dataset.SourceType, $"{field}.dataset.source_type", Limits.DatasetSourceType),
                Source = TextRules.Required(dataset.Source, $"{field}.dataset.source", Limits.DatasetSource),
                Schema = TextRules.Optional(dataset.Schema, $"{field}.dataset.schema", Limits.DatasetSchema),
                Profile = TextRules.Optional(dataset.Profile, $"{field}.dataset.profile", Limits.DatasetProfile),
            },
        };
    }
}
