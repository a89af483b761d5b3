namespace Dossier.Protocol;

/// <summary>POST <c>logged-models</c>.</summary>
public sealed record CreateLoggedModel : IKeyedValues<CreateLoggedModel>
{
    /// <summary>The experiment.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>The name; absent: a random readable one.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of model.</summary>
    public string? ModelType { get; init; }

    /// <summary>The run that makes it.</summary>
    public string? SourceRunId { get; init; }

    /// <summary>The first params.</summary>
    public IReadOnlyList<Param>? Params { get; init; }

    /// <summary>The first tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    CreateLoggedModel IKeyedValues<CreateLoggedModel>.With(ReplaceValue replace) => this with { Params = KeyedValues.Of(Params, replace), Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>Answer of the calls that give one logged model.</summary>
public sealed record LoggedModelAnswer(LoggedModel Model);

/// <summary>GET <c>logged-models/{model_id}</c>.</summary>
public sealed record GetLoggedModel(string? ModelId);

/// <summary>DELETE <c>logged-models/{model_id}</c>.</summary>
public sealed record DeleteLoggedModel(string? ModelId);

/// <summary>DELETE <c>logged-models/{model_id}/tags/{tag_key}</c>.</summary>
public sealed record DeleteLoggedModelTag(string? ModelId, string? TagKey);

/// <summary>PATCH <c>logged-models/{model_id}</c>.</summary>
public sealed record FinalizeLoggedModel(string? ModelId, string? Status);

/// <summary>PATCH <c>logged-models/{model_id}/tags</c>.</summary>
public sealed record SetLoggedModelTags(string? ModelId, IReadOnlyList<Tag>? Tags) : IKeyedValues<SetLoggedModelTags>
{
    SetLoggedModelTags IKeyedValues<SetLoggedModelTags>.With(ReplaceValue replace) => this with { Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>POST <c>logged-models/{model_id}/params</c>.</summary>
public sealed record LogLoggedModelParams(string? ModelId, IReadOnlyList<Param>? Params) : IKeyedValues<LogLoggedModelParams>
{
    LogLoggedModelParams IKeyedValues<LogLoggedModelParams>.With(ReplaceValue replace) => this with
    {
        Params = KeyedValues.Of(Params, replace),
    };
}

/// <summary>POST <c>logged-models/search</c>.</summary>
public sealed record SearchLoggedModels
{
    /// <summary>The experiments to look in.</summary>
    public IReadOnlyList<string>? ExperimentIds { get; init; }

    /// <summary>A filter; see PROTOCOL.</summary>
    public string? Filter { get; init; }

    /// <summary>Which datasets' metrics the filter and order mean.</summary>
    public IReadOnlyList<DatasetRef>? Datasets { get; init; }

    /// <summary>At most this many; default 50.</summary>
    public long? MaxResults { get; init; }

    /// <summary>Columns; default newest first.</summary>
    public IReadOnlyList<LoggedModelOrder>? OrderBy { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? PageToken { get; init; }
}

/// <summary>A dataset by name and, if given, digest.</summary>
public sealed record DatasetRef(string? DatasetName, string? DatasetDigest);

/// <summary>One column of the order of a logged model search.</summary>
public sealed record LoggedModelOrder(string? FieldName, bool? Ascending, string? DatasetName, string? DatasetDigest);

/// <summary>Answer of <c>logged-models/search</c>.</summary>
public sealed record LoggedModelsPage(IReadOnlyList<LoggedModel>? Models, string? NextPageToken);
