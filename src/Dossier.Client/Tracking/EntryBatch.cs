using System.Text;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Collects entries up to what one <c>log-batch</c> may hold.</summary>
internal sealed class EntryBatch
{
    /// <summary>At most this many entries of all kinds; points may fill it.</summary>
    public const int MaxEntries = 1000;

    private const int MaxParams = 100;
    private const int MaxTags = 100;

    // The reference server takes 1 MB of body.
    private const int MaxBytes = 900_000;
    private const int BytesAroundEntry = 120;

    private readonly List<RunEntry> _entries = [];
    private readonly HashSet<string> _paramKeys = [];
    private readonly HashSet<string> _tagKeys = [];
    private int _bytes;

    public IReadOnlyList<RunEntry> Entries => _entries;

    /// <summary>Adds an entry, unless it has to wait for the next batch.</summary>
    public bool TryAdd(RunEntry entry)
    {
        var size = Size(entry);
        if (_entries.Count > 0 && (_entries.Count == MaxEntries || _bytes + size > MaxBytes || !KeyFits(entry)))
        {
            return false;
        }

        _ = entry switch
        {
            { Param: { } param } => _paramKeys.Add(param.Key),
            { Tag: { } tag } => _tagKeys.Add(tag.Key),
            _ => true,
        };
        _entries.Add(entry);
        _bytes += size;
        return true;
    }

    public void Clear()
    {
        _entries.Clear();
        _paramKeys.Clear();
        _tagKeys.Clear();
        _bytes = 0;
    }

    public static LogBatch Message(string runId, IEnumerable<RunEntry> entries)
    {
        var all = entries.ToList();
        return new()
        {
            RunId = runId,
            Metrics = [.. all.Select(entry => entry.Metric).OfType<Metric>()],
            Params = [.. all.Select(entry => entry.Param).OfType<Param>()],
            Tags = [.. all.Select(entry => entry.Tag).OfType<Tag>()],
        };
    }

    // A key twice in one batch is refused, or its order is lost: the second one waits.
    private bool KeyFits(RunEntry entry) => entry switch
    {
        { Param: { } param } => _paramKeys.Count < MaxParams && !_paramKeys.Contains(param.Key),
        { Tag: { } tag } => _tagKeys.Count < MaxTags && !_tagKeys.Contains(tag.Key),
        _ => true,
    };

    private static int Size(RunEntry entry) => BytesAroundEntry + entry switch
    {
        { Metric: { } metric } => Escaped(metric.Key) + Escaped(metric.ModelId) + Escaped(metric.DatasetName) + Escaped(metric.DatasetDigest),
        { Param: { } param } => Escaped(param.Key) + Escaped(param.Value),
        { Tag: { } tag } => Escaped(tag.Key) + Escaped(tag.Value),
        _ => 0,
    };

    // JSON writes what is not plain ASCII as \uXXXX.
    private static int Escaped(string? text) => text is null ? 0 : Ascii.IsValid(text) ? text.Length : text.Length * 6;
}
