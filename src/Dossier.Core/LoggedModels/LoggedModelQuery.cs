using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.LoggedModels;

/// <summary>A search for logged models, read from its message: columns are objects here, and metrics may be narrowed to datasets.</summary>
internal readonly record struct LoggedModelQuery(SearchQuery Query, IReadOnlyList<DatasetRef> Datasets)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 1000;

    /// <summary>The search of a message.</summary>
    public static LoggedModelQuery Read(SearchLoggedModels message)
    {
        var datasets = ListRules.Each(ListRules.Bounded(message.Datasets, "datasets", Limits.Datasets), "datasets", Check);
        var columns = message.OrderBy is null ? [] : ListRules.Each(message.OrderBy, "order_by", (column, field) => Column(column, field, datasets));
        var query = SearchSchema.LoggedModels.Query(
            message.Filter, columns, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken);
        return new(query, datasets);
    }

    private static DatasetRef Check(DatasetRef dataset, string field) => new(
        TextRules.Required(dataset.DatasetName, $"{field}.dataset_name", Limits.DatasetName),
        string.IsNullOrEmpty(dataset.DatasetDigest)
            ? null
            : TextRules.Required(dataset.DatasetDigest, $"{field}.dataset_digest", Limits.DatasetDigest));

    private static string Column(LoggedModelOrder column, string field, List<DatasetRef> datasets)
    {
        var name = TextRules.Required(column.FieldName, $"{field}.field_name", Limits.Uri);
        if (!string.IsNullOrEmpty(column.DatasetName))
        {
            var dataset = Check(new DatasetRef(column.DatasetName, column.DatasetDigest), field);
            if (datasets.Count == 0)
            {
                datasets.Add(dataset);
            }
            else if (datasets is not [var only] || only != dataset)
            {
                throw ProtocolException.InvalidValue(
                    TextRules.Excerpt(column.DatasetName), $"{field}.dataset_name", "a search supports one set of datasets: use the same one in 'datasets', or leave 'datasets' empty.");
            }
        }

        return (column.Ascending ?? true) ? name : $"{name} DESC";
    }
}
