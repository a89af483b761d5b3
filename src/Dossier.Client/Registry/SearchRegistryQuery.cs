using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>The registry's searches are GETs: their message is a query string.</summary>
internal static class SearchRegistryQuery
{
    public static Query ToQuery(this SearchRegistry search) => new Query()
        .Add("filter", search.Filter)
        .Add("max_results", search.MaxResults)
        .Add("order_by", search.OrderBy)
        .Add("page_token", search.PageToken);
}
