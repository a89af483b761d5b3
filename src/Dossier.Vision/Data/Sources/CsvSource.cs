using CsvHelper;

namespace Dossier.Vision.Data.Sources;

/// <summary>Pictures listed by a CSV file: columns <c>image</c> (or <c>path</c>, <c>filename</c>, …), <c>label</c> and, if there is one, <c>split</c>.</summary>
internal static class CsvSource
{
    /// <summary>The name of VisA's list, whose labels are <c>normal</c> or a comma list of defects.</summary>
    public const string VisaName = "image_anno.csv";

    private const long MaxFileBytes = 512 << 20;

    private static readonly string[] ImageColumns = ["image", "path", "filename", "file_name", "file"];
    private static readonly string[] LabelColumns = ["label", "class"];

    private static readonly CsvReaderOptions Strict = new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = 1 << 20,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    public static PictureSource Open(string path, IReadOnlyList<string>? classes)
    {
        var rows = Read(path, classes);
        return new PictureSource("csv", rows.Count, rows.ToAsyncEnumerable());
    }

    private static List<SourceRow> Read(string path, IReadOnlyList<string>? classes)
    {
        var root = new DataRoot(Path.GetDirectoryName(path)!);
        var file = Path.GetFileName(path);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MaxFileBytes)
            {
                throw new VisionException($"{path} has {stream.Length:N0} bytes; {MaxFileBytes:N0} are the most of a list of pictures.");
            }

            using var csv = CsvReader.Create(stream, Strict, leaveOpen: true);
            return Rows(csv, path, row => Row(root, file, row, classes));
        }
        catch (CsvFormatException error)
        {
            throw new VisionException($"{path} cannot be read as CSV: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static List<SourceRow> Rows(CsvReader csv, string path, Func<Listed, SourceRow> make)
    {
        var header = csv.Headers.Select(name => name.Trim().ToLowerInvariant()).ToArray();
        if (header.Length == 0)
        {
            throw new VisionException($"{path} is empty; a first line with the columns image and label is expected.");
        }

        int Find(string[] names) => names.Select(name => Array.IndexOf(header, name)).FirstOrDefault(place => place >= 0, -1);
        var (image, label, split) = (Find(ImageColumns), Find(LabelColumns), Find(["split"]));
        if (image < 0 || label < 0)
        {
            throw new VisionException($"{path} has the columns {string.Join(", ", header.Take(20))}; image (or path, filename) and label are expected.");
        }

        var rows = new List<SourceRow>();
        while (csv.Read())
        {
            if (rows.Count == PictureSource.MaxRows)
            {
                throw new VisionException($"{path} lists more than {PictureSource.MaxRows:N0} pictures, which is the most.");
            }

            rows.Add(make(new Listed(csv.LineNumber, csv.GetString(image), csv.GetString(label), split < 0 ? null : csv.GetString(split))));
        }

        return rows;
    }

    private static SourceRow Row(DataRoot root, string file, Listed listed, IReadOnlyList<string>? classes)
    {
        var place = $"{file}, line {listed.Line}";
        if (listed.Image.Length == 0)
        {
            throw new VisionException($"{place}: no picture is named.");
        }

        var damaged = file == VisaName && listed.Label is not ("normal" or "") && classes?.Contains(listed.Label) != true;
        return new SourceRow(listed.Image.Replace('\\', '/'), place, damaged ? "damaged" : listed.Label, cancellationToken => PictureFile.ReadAsync(root, InRoot(root, listed.Image), cancellationToken))
        {
            Detail = damaged ? listed.Label : null,
            Split = string.IsNullOrEmpty(listed.Split) ? null : listed.Split,
        };
    }

    // VisA's paths begin with the object's folder, which is the one that the list is in, whatever it is called here.
    private static string InRoot(DataRoot root, string image)
    {
        var below = image.IndexOfAny(['/', '\\']) + 1;
        return below == 0 || File.Exists(root.Resolve(image)) ? image : image[below..];
    }

    private sealed record Listed(long Line, string Image, string Label, string? Split);
}
