using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>What belongs to one run while it is read.</summary>
internal sealed class RunPart
{
    public List<Metric> Metrics { get; } = [];

    public List<Param> Params { get; } = [];

    public List<Tag> Tags { get; } = [];

    public List<DatasetInput>? Datasets { get; set; }

    public List<ModelInput>? Inputs { get; set; }

    public List<ModelOutput>? Outputs { get; set; }
}

/// <summary>The parts of a page's runs, found by the run's key.</summary>
internal sealed class RunParts
{
    private readonly IReadOnlyList<RunRow> _rows;
    private readonly Dictionary<long, RunPart> _parts;
    private (long Key, RunPart? Part) _last;

    public RunParts(IReadOnlyList<RunRow> rows)
    {
        _rows = rows;
        _parts = new(rows.Count);
        foreach (var row in rows)
        {
            _parts.Add(row.Key, new RunPart());
        }
    }

    /// <summary>The part of the run whose key is the row's first column. Rows of a run mostly follow each other.</summary>
    public RunPart Of(SqlRow row)
    {
        var key = row.Integer(0);
        if (_last.Part is not { } part || _last.Key != key)
        {
            part = _parts[key];
            _last = (key, part);
        }

        return part;
    }

    public void SortMetrics()
    {
        foreach (var part in _parts.Values)
        {
            part.Metrics.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        }
    }

    public Run[] ToRuns()
    {
        var runs = new Run[_rows.Count];
        for (var index = 0; index < runs.Length; index++)
        {
            var part = _parts[_rows[index].Key];
            runs[index] = new Run
            {
                Info = _rows[index].Info,
                Data = new RunData { Metrics = part.Metrics, Params = part.Params, Tags = part.Tags },
                Inputs = new RunInputs { DatasetInputs = part.Datasets, ModelInputs = part.Inputs },
                Outputs = new RunOutputs { ModelOutputs = part.Outputs },
            };
        }

        return runs;
    }
}
