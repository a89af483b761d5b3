using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>POST <c>runs/create</c>.</summary>
public sealed record CreateRun : IKeyedValues<CreateRun>
{
    /// <summary>The experiment; absent or empty: experiment 0.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>Who starts it, as the client says; on a server that asks to sign in, it is whoever signed in.</summary>
    public string? UserId { get; init; }

    /// <summary>The name; absent: the tag <c>mlflow.runName</c>, else a random readable one.</summary>
    public string? RunName { get; init; }

    /// <summary>Start, in milliseconds since the epoch; absent: now.</summary>
    public long? StartTime { get; init; }

    /// <summary>The first tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>For an importer: the id to keep. Not on the wire.</summary>
    [JsonIgnore]
    public string? RunId { get; init; }

    CreateRun IKeyedValues<CreateRun>.With(ReplaceValue replace) => this with { Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>Answer of <c>runs/create</c> and <c>runs/get</c>.</summary>
public sealed record RunAnswer(Run Run);

/// <summary>POST <c>runs/update</c>: only what is given changes.</summary>
public sealed record UpdateRun
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; }

    /// <summary>The run, as old clients say it; read as <see cref="RunId"/> where that is missing.</summary>
    public string? RunUuid { get; init; }

    /// <summary>One of <see cref="RunStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>End, in milliseconds since the epoch.</summary>
    public long? EndTime { get; init; }

    /// <summary>The new name; the tag <c>mlflow.runName</c> follows.</summary>
    public string? RunName { get; init; }
}

/// <summary>Answer of <c>runs/update</c>.</summary>
public sealed record RunInfoAnswer(RunInfo RunInfo);

/// <summary>POST <c>runs/delete</c> and <c>runs/restore</c>.</summary>
public sealed record RunRef(string? RunId);

/// <summary>POST <c>runs/log-metric</c>.</summary>
public sealed record LogMetric
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; }

    /// <summary>The run, as old clients say it; read as <see cref="RunId"/> where that is missing.</summary>
    public string? RunUuid { get; init; }

    /// <summary>The metric's key.</summary>
    public string? Key { get; init; }

    /// <summary>The value; NaN and infinities allowed.</summary>
    public double? Value { get; init; }

    /// <summary>When it was measured, in milliseconds since the epoch.</summary>
    public long? Timestamp { get; init; }

    /// <summary>The step; absent: 0.</summary>
    public long? Step { get; init; }

    /// <summary>The logged model that was measured (3.x clients).</summary>
    public string? ModelId { get; init; }

    /// <summary>Name of the dataset it was measured on (3.x clients).</summary>
    public string? DatasetName { get; init; }

    /// <summary>Digest of the dataset it was measured on (3.x clients).</summary>
    public string? DatasetDigest { get; init; }
}

/// <summary>POST <c>runs/log-parameter</c>.</summary>
public sealed record LogParam(string? RunId, string? RunUuid, string? Key, string? Value) : IKeyedValues<LogParam>
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; } = RunId;

    LogParam IKeyedValues<LogParam>.With(ReplaceValue replace) => this with { Value = KeyedValues.Of(Key, Value, replace) };
}

/// <summary>POST <c>runs/set-tag</c>.</summary>
public sealed record SetRunTag(string? RunId, string? RunUuid, string? Key, string? Value) : IKeyedValues<SetRunTag>
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; } = RunId;

    SetRunTag IKeyedValues<SetRunTag>.With(ReplaceValue replace) => this with { Value = KeyedValues.Of(Key, Value, replace) };
}

/// <summary>POST <c>runs/delete-tag</c>.</summary>
public sealed record DeleteRunTag(string? RunId, string? Key);

/// <summary>POST <c>runs/log-batch</c>: all or nothing.</summary>
public sealed record LogBatch : IKeyedValues<LogBatch>
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }

    /// <summary>Up to 1,000 points.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>Up to 100 params.</summary>
    public IReadOnlyList<Param>? Params { get; init; }

    /// <summary>Up to 100 tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    LogBatch IKeyedValues<LogBatch>.With(ReplaceValue replace) => this with { Params = KeyedValues.Of(Params, replace), Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>POST <c>runs/log-inputs</c>.</summary>
public sealed record LogInputs(string? RunId, IReadOnlyList<DatasetInput>? Datasets, IReadOnlyList<ModelInput>? Models) : IKeyedValues<LogInputs>
{
    LogInputs IKeyedValues<LogInputs>.With(ReplaceValue replace) => this with
    {
        Datasets = Datasets?.Select(input => input is null ? input! : input with { Tags = KeyedValues.Of(input.Tags, replace) }).ToList(),
    };
}

/// <summary>POST <c>runs/outputs</c> (3.x clients).</summary>
public sealed record LogOutputs(string? RunId, IReadOnlyList<ModelOutput>? Models);

/// <summary>POST <c>runs/log-model</c> (2.x clients): adds an MLmodel, as JSON text, to the tag <c>mlflow.log-model.history</c>.</summary>
public sealed record LogModel(string? RunId, string? ModelJson);

/// <summary>POST <c>runs/search</c>.</summary>
public sealed record SearchRuns
{
    /// <summary>The experiments to look in; none: no result.</summary>
    public IReadOnlyList<string>? ExperimentIds { get; init; }

    /// <summary>A filter; see PROTOCOL.</summary>
    public string? Filter { get; init; }

    /// <summary>Active (default), deleted or all.</summary>
    public ViewType? RunViewType { get; init; }

    /// <summary>At most this many, 1 to 50,000; default 1,000.</summary>
    public long? MaxResults { get; init; }

    /// <summary>Columns, each with <c>ASC</c> or <c>DESC</c>; default <c>start_time DESC</c>, then run id.</summary>
    public IReadOnlyList<string>? OrderBy { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? PageToken { get; init; }
}

/// <summary>Answer of <c>runs/search</c>.</summary>
public sealed record RunsPage(IReadOnlyList<Run>? Runs, string? NextPageToken);

/// <summary>GET <c>runs/get</c>.</summary>
public sealed record GetRun
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; }

    /// <summary>The run, as old clients say it; read as <see cref="RunId"/> where that is missing.</summary>
    public string? RunUuid { get; init; }
}

/// <summary>GET <c>metrics/get-history</c>: the points of one metric of a run.</summary>
public sealed record GetMetricHistory
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; }

    /// <summary>The run, as old clients say it; read as <see cref="RunId"/> where that is missing.</summary>
    public string? RunUuid { get; init; }

    /// <summary>The metric.</summary>
    public string? MetricKey { get; init; }

    /// <summary>At most this many, 1 to 25,000; absent: all.</summary>
    public long? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? PageToken { get; init; }
}

/// <summary>GET <c>metrics/get-history-bulk</c>: the points of one metric of several runs.</summary>
public sealed record GetMetricHistoryBulk
{
    /// <summary>Up to 100 runs.</summary>
    [JsonPropertyName("run_id")]
    public IReadOnlyList<string>? RunIds { get; init; }

    /// <summary>The metric.</summary>
    public string? MetricKey { get; init; }

    /// <summary>At most this many in all, 1 to 25,000.</summary>
    public long? MaxResults { get; init; }
}

/// <summary>GET <c>metrics/get-history-bulk-interval</c>: some points of one metric of several runs.</summary>
public sealed record SampleMetricHistory
{
    /// <summary>Up to 100 runs.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }

    /// <summary>The metric.</summary>
    public string? MetricKey { get; init; }

    /// <summary>The first step wanted; both bounds or none.</summary>
    public long? StartStep { get; init; }

    /// <summary>The last step wanted.</summary>
    public long? EndStep { get; init; }

    /// <summary>At most this many steps of a run, 1 to 2,500; default 320.</summary>
    public long? MaxResults { get; init; }
}

/// <summary>Answer of the metric history routes.</summary>
public sealed record MetricsPage(IReadOnlyList<Metric>? Metrics, string? NextPageToken);
