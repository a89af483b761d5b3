using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Data.Sources;

/// <summary>Reads and checks a source's pictures, several at a time.</summary>
internal static class SourceReader
{
    public static async Task<(IReadOnlyList<Picture> Pictures, IReadOnlyList<SkippedPicture> Skipped)> ReadAsync(
        PictureSource source, IReadOnlyList<string>? classes, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var pictures = new ConcurrentBag<Picture>();
        var skipped = new ConcurrentBag<SkippedPicture>();
        var done = 0;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(Checked(source.Rows, classes, cancellationToken), options, async (row, token) =>
        {
            try
            {
                pictures.Add(await ReadAsync(row, token));
            }
            catch (VisionException problem)
            {
                skipped.Add(new SkippedPicture(row.Name, problem.Message));
            }

            progress?.Report((Interlocked.Increment(ref done), source.Total));
        });
        return ([.. pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal)], [.. skipped.OrderBy(one => one.Name, StringComparer.Ordinal)]);
    }

    private static async Task<Picture> ReadAsync(SourceRow row, CancellationToken cancellationToken)
    {
        var encoded = await row.ReadAsync(cancellationToken);
        var raster = PictureDecoder.Decode(encoded);
        return new Picture
        {
            Name = row.Name,
            Label = row.Label!,
            Detail = row.Detail,
            Split = row.Split,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(encoded.Span)),
            Length = encoded.Length,
            Width = raster.Width,
            Height = raster.Height,
            Fingerprint = Fingerprint.Of(raster),
            ReadAsync = row.ReadAsync,
        };
    }

    private static async IAsyncEnumerable<SourceRow> Checked(
        IAsyncEnumerable<SourceRow> rows, IReadOnlyList<string>? classes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var labels = new HashSet<string>(classes ?? [], StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            CheckLabel(row, classes, labels);
            yield return row with { Name = Unique(row.Name, names, copies) };
        }
    }

    private static void CheckLabel(SourceRow row, IReadOnlyList<string>? classes, HashSet<string> labels)
    {
        var known = string.Join(", ", labels.Order(StringComparer.Ordinal).Take(20));
        if (string.IsNullOrWhiteSpace(row.Label))
        {
            throw new VisionException($"{row.Place} ({row.Name}) has no label{(known.Length > 0 ? $"; known are: {known}" : "")}.");
        }

        if (row.Label.Length > PictureSource.MaxText)
        {
            throw new VisionException($"{row.Place}: a label of {row.Label.Length:N0} characters; {PictureSource.MaxText:N0} are the most.");
        }

        if (labels.Add(row.Label) && (classes is not null || labels.Count > PictureSource.MaxClasses))
        {
            throw new VisionException(classes is not null
                ? $"{row.Place} ({row.Name}) has the label '{row.Label}'; known are: {string.Join(", ", classes.Take(20))}."
                : $"There are more than {PictureSource.MaxClasses:N0} labels: the column is of something else than classes.");
        }
    }

    private static string Unique(string name, HashSet<string> names, Dictionary<string, int> copies)
    {
        var unique = name;
        while (!names.Add(unique))
        {
            copies[name] = copies.GetValueOrDefault(name, 1) + 1;
            unique = $"{name}#{copies[name]}";
        }

        return unique;
    }
}
