using System.Globalization;

namespace Dossier.CommandLine.Output;

/// <summary>How a list is printed.</summary>
/// <param name="Format">Table, CSV or JSON.</param>
/// <param name="Limit">At most this many items; 0 for all.</param>
/// <param name="Noun">What the items are called, in the plural.</param>
public sealed record ListingRequest(OutputFormat Format, int Limit, string Noun);

/// <summary>Prints a list as it arrives: CSV and JSON item by item, a table once its widths are known.</summary>
public static class Listing
{
    /// <summary>Prints up to the limit, and reports on standard error if there are more.</summary>
    /// <param name="items">The items; read to one beyond the limit at most.</param>
    /// <param name="columns">The columns of table and CSV.</param>
    /// <param name="request">Format and limit.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task WriteAsync<T>(
        IAsyncEnumerable<T> items, IReadOnlyList<Column<T>> columns, ListingRequest request, CancellationToken cancellationToken)
    {
        var shown = 0;
        var more = false;
        async IAsyncEnumerable<T> Limited()
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                if (request.Limit > 0 && shown == request.Limit)
                {
                    more = true;
                    yield break;
                }

                shown++;
                yield return item;
            }
        }

        await (request.Format switch
        {
            OutputFormat.Csv => WriteCsvAsync(Limited(), columns),
            OutputFormat.Json => WriteJsonAsync(Limited()),
            _ => WriteTableAsync(Limited(), columns, request.Noun),
        });

        if (more)
        {
            Console.Out.Flush();
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Only the first {shown} {request.Noun} are shown; '--limit 0' shows all."));
        }
    }

    private static async Task WriteCsvAsync<T>(IAsyncEnumerable<T> items, IReadOnlyList<Column<T>> columns)
    {
        CsvOutput.WriteRecord(Console.Out, columns.Select(column => column.Name));
        await foreach (var item in items)
        {
            CsvOutput.WriteRecord(Console.Out, columns.Select(column => column.Value(item)));
        }
    }

    private static async Task WriteJsonAsync<T>(IAsyncEnumerable<T> items)
    {
        Console.Out.Write('[');
        var separator = "\n";
        await foreach (var item in items)
        {
            Console.Out.Write(separator);
            Console.Out.Write(JsonOutput.OneLine(item));
            separator = ",\n";
        }

        Console.Out.Write("\n]\n");
    }

    private static async Task WriteTableAsync<T>(IAsyncEnumerable<T> items, IReadOnlyList<Column<T>> columns, string noun)
    {
        var rows = new List<T>();
        await foreach (var item in items)
        {
            rows.Add(item);
        }

        if (rows.Count == 0)
        {
            Console.Error.WriteLine($"No {noun} found.");
            return;
        }

        TableOutput.Write(rows, columns);
    }
}
