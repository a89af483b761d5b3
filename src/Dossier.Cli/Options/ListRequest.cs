using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Options;

/// <summary>What a command line asks of a searching list.</summary>
/// <param name="Filter">The filter; null for none.</param>
/// <param name="OrderBy">The order; null for the server's own.</param>
/// <param name="Columns">The columns to show.</param>
/// <param name="Listing">Format and limit.</param>
internal sealed record ListRequest<T>(
    string? Filter, IReadOnlyList<string>? OrderBy, IReadOnlyList<Column<T>> Columns, ListingRequest Listing)
{
    private const int LargestPage = 1000;

    /// <summary>The size of the pages to ask for: one that shows whether there is more, if all fits one.</summary>
    public long PageSize => Listing.Limit is > 0 and < LargestPage ? Listing.Limit + 1 : LargestPage;

    /// <summary>Reads the options of <see cref="ListOptions"/>.</summary>
    /// <exception cref="UsageException">A column is unknown, or would not be shown.</exception>
    public static ListRequest<T> Of(ParseResult parsed, ColumnSet<T> columns, string noun)
    {
        var format = parsed.GetValue(FormatOption.OfLists);
        var names = parsed.GetValue(ListOptions.Columns);
        if (format == OutputFormat.Json && names is not null)
        {
            throw new UsageException("--columns applies to tables and CSV only: JSON always contains whole objects. Use either --columns or --format json.");
        }

        return new(
            parsed.GetValue(ListOptions.Filter),
            parsed.GetValue(ListOptions.OrderBy) is { Length: > 0 } order ? order : null,
            columns.Choose(names),
            new ListingRequest(format, parsed.GetValue(ListOptions.Limit), noun));
    }

    /// <summary>Prints the items that were found.</summary>
    public Task WriteAsync(IAsyncEnumerable<T> items, CancellationToken cancellationToken) =>
        CommandLine.Output.Listing.WriteAsync(items, Columns, Listing, cancellationToken);
}
