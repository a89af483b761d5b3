using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>POST <c>registered-models/create</c>.</summary>
public sealed record CreateRegisteredModel : IKeyedValues<CreateRegisteredModel>
{
    /// <summary>The unique name.</summary>
    public string? Name { get; init; }

    /// <summary>The first tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>For an importer: the id to keep, 32 hex digits. Not on the wire.</summary>
    [JsonIgnore]
    public string? Id { get; init; }

    /// <summary>For an importer: the creation time to keep, in milliseconds. Not on the wire.</summary>
    [JsonIgnore]
    public long? CreationTimestamp { get; init; }

    CreateRegisteredModel IKeyedValues<CreateRegisteredModel>.With(ReplaceValue replace) => this with { Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>Answer of the calls that give a registered model.</summary>
public sealed record RegisteredModelAnswer(RegisteredModel RegisteredModel);

/// <summary>Answer of GET <c>databricks/registered-models/get</c>: the model with its id and the caller's permission level.</summary>
public sealed record DatabricksRegisteredModelAnswer(RegisteredModel RegisteredModelDatabricks);

/// <summary>GET <c>registered-models/get</c>, also below <c>databricks/</c>.</summary>
public sealed record GetRegisteredModel(string? Name);

/// <summary>PATCH <c>registered-models/update</c>.</summary>
public sealed record UpdateRegisteredModel(string? Name, string? Description);

/// <summary>POST <c>registered-models/rename</c>.</summary>
public sealed record RenameRegisteredModel(string? Name, string? NewName);

/// <summary>DELETE <c>registered-models/delete</c>.</summary>
public sealed record RegisteredModelRef(string? Name);

/// <summary>POST <c>registered-models/set-tag</c>.</summary>
public sealed record SetRegisteredModelTag(string? Name, string? Key, string? Value) : IKeyedValues<SetRegisteredModelTag>
{
    SetRegisteredModelTag IKeyedValues<SetRegisteredModelTag>.With(ReplaceValue replace) => this with
    {
        Value = KeyedValues.Of(Key, Value, replace),
    };
}

/// <summary>DELETE <c>registered-models/delete-tag</c>.</summary>
public sealed record DeleteRegisteredModelTag(string? Name, string? Key);

/// <summary>GET <c>registered-models/search</c> and <c>model-versions/search</c>.</summary>
public sealed record SearchRegistry
{
    /// <summary>A filter; see PROTOCOL.</summary>
    public string? Filter { get; init; }

    /// <summary>At most this many: models 1 to 1,000 (default 100), versions 1 to 200,000 (default 10,000).</summary>
    public long? MaxResults { get; init; }

    /// <summary>Columns, each with <c>ASC</c> or <c>DESC</c>.</summary>
    public IReadOnlyList<string>? OrderBy { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? PageToken { get; init; }
}

/// <summary>Answer of <c>registered-models/search</c>.</summary>
public sealed record RegisteredModelsPage(IReadOnlyList<RegisteredModel>? RegisteredModels, string? NextPageToken);

/// <summary>POST or GET <c>registered-models/get-latest-versions</c>.</summary>
public sealed record GetLatestVersions(string? Name, IReadOnlyList<string>? Stages);

/// <summary>POST <c>registered-models/alias</c>.</summary>
public sealed record SetModelAlias(string? Name, string? Alias, string? Version);

/// <summary>DELETE <c>registered-models/alias</c>.</summary>
public sealed record DeleteModelAlias(string? Name, string? Alias);

/// <summary>POST <c>model-versions/create</c>.</summary>
public sealed record CreateModelVersion : IKeyedValues<CreateModelVersion>
{
    /// <summary>The registered model.</summary>
    public string? Name { get; init; }

    /// <summary>Where the files were logged.</summary>
    public string? Source { get; init; }

    /// <summary>The run that made them.</summary>
    public string? RunId { get; init; }

    /// <summary>The first tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>A link to the run on another server.</summary>
    public string? RunLink { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>The logged model that it is made from (3.x clients).</summary>
    public string? ModelId { get; init; }

    /// <summary>For an importer: the creation time to keep, in milliseconds. Not on the wire.</summary>
    [JsonIgnore]
    public long? CreationTimestamp { get; init; }

    CreateModelVersion IKeyedValues<CreateModelVersion>.With(ReplaceValue replace) => this with { Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>Answer of the calls that give one version.</summary>
public sealed record ModelVersionAnswer(ModelVersion ModelVersion);

/// <summary>GET <c>model-versions/get</c> and <c>model-versions/get-download-uri</c>.</summary>
public sealed record GetModelVersion(string? Name, string? Version);

/// <summary>GET <c>registered-models/alias</c>: the version that an alias points to; <c>latest</c> is the newest one.</summary>
public sealed record GetVersionByAlias(string? Name, string? Alias);

/// <summary>PATCH <c>model-versions/update</c>.</summary>
public sealed record UpdateModelVersion(string? Name, string? Version, string? Description);

/// <summary>DELETE <c>model-versions/delete</c>.</summary>
public sealed record ModelVersionRef(string? Name, string? Version);

/// <summary>POST <c>model-versions/set-tag</c>.</summary>
public sealed record SetModelVersionTag(string? Name, string? Version, string? Key, string? Value) : IKeyedValues<SetModelVersionTag>
{
    SetModelVersionTag IKeyedValues<SetModelVersionTag>.With(ReplaceValue replace) => this with
    {
        Value = KeyedValues.Of(Key, Value, replace),
    };
}

/// <summary>DELETE <c>model-versions/delete-tag</c>.</summary>
public sealed record DeleteModelVersionTag(string? Name, string? Version, string? Key);

/// <summary>POST <c>model-versions/transition-stage</c>, also below <c>databricks/</c>.</summary>
public sealed record TransitionStage(string? Name, string? Version, string? Stage, bool? ArchiveExistingVersions, string? Comment = null);

/// <summary>Answer of the calls that give versions: <c>get-latest-versions</c> and <c>model-versions/search</c>.</summary>
public sealed record ModelVersionsPage(IReadOnlyList<ModelVersion>? ModelVersions, string? NextPageToken = null);

/// <summary>Answer of <c>model-versions/get-download-uri</c>.</summary>
public sealed record DownloadUriAnswer(string ArtifactUri);
