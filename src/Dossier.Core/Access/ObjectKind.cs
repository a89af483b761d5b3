using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>By what a statement looks an object up.</summary>
public enum Lookup
{
    /// <summary>By a text that is in its column.</summary>
    Text,

    /// <summary>By a whole number that is in its column.</summary>
    Number,

    /// <summary>By a folder's path: the folder there, or the nearest above that exists.</summary>
    NearestFolder,

    /// <summary>By a path in the server's artifact store: the experiment whose files lie there. A model with a version there lets read it too.</summary>
    ServedPath,
}

/// <summary>
/// A row of the table of guarded objects (<see cref="ObjectKinds"/>): what is called so, where it is kept, what guards it, and what an error says of it.
/// Stores make their statements of it. It has grants of its own (<see cref="Grants"/>), or something that has guards it (<see cref="GuardedBy"/>).
/// </summary>
public sealed class ObjectKind
{
    private readonly Func<string, string>? _text;

    /// <summary>What people call one, e.g. <c>run</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What requests call its id.</summary>
    public string Parameter { get; init; } = "id";

    /// <summary>What guards it in words, for descriptions: <c>the experiment of the run</c>.</summary>
    public string Guarded => GuardedBy is { } guard && guard.Kind.Name != Name ? $"the {guard.Kind.Name} of the {Name}" : $"the {Name}";

    /// <summary>How events name it, e.g. <c>logged_model</c>; null for what no event is about.</summary>
    public string? EventType { get; init; }

    /// <summary>The table that its rows are in, each with its key <c>id</c>; null for what is there once.</summary>
    public string? Table { get; init; }

    /// <summary>The column that <see cref="AccessObject.Id"/> is looked up in.</summary>
    public string Column { get; init; } = "public_id";

    /// <summary>How it is looked up there.</summary>
    public Lookup Lookup { get; init; }

    /// <summary>A further condition on the rows, of the alias <c>x</c>; null for all rows.</summary>
    public string? Condition { get; init; }

    /// <summary>The grants of its own; null for what is guarded by another object.</summary>
    public GrantRules? Grants { get; init; }

    /// <summary>What guards it; null for what has grants of its own.</summary>
    public Guardian? GuardedBy { get; init; }

    /// <summary>Checks an id that a request names: the id, and the name of the parameter for the error.</summary>
    public Func<string?, string, string> Check { get; init; } = static (id, parameter) => TextRules.Required(id, parameter, Limits.Key);

    /// <summary>How an error names one to somebody who may read it.</summary>
    public Func<string, string> Text
    {
        get => _text ?? (GuardedBy is { } guard ? id => $"the {guard.Kind.Name} of {Name} {id}" : id => $"{Name} {id}");
        init => _text = value;
    }

    /// <summary>What an error says where there is none. Null for what every server has: it is never missing, and no secret.</summary>
    public Func<string, string>? Missing { get; init; }

    /// <summary>What an error says to somebody who may not read it; null for the same as if there were none.</summary>
    public Func<string, Caller, string>? Hidden { get; init; }

    /// <summary>The one of this id.</summary>
    public AccessObject Of(string id) => new(this, id);

    /// <summary>The one that a request names.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for an id that is missing or malformed.</exception>
    public AccessObject Named(string? id, string parameter) => new(this, Check(id, parameter));

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What guards an object that has no grants of its own.</summary>
/// <param name="Kind">Its kind, which has grants.</param>
/// <param name="Column">The column of the object that names it.</param>
/// <param name="Key">The column of the guardian that is named.</param>
public sealed record Guardian(ObjectKind Kind, string Column, string Key = "id");

/// <summary>How grants are made on an object, and how the Permissions API and events name it.</summary>
public sealed class GrantRules
{
    /// <summary>The number of the type in the table <c>grants</c>. It is stored, so it never changes.</summary>
    public required long Number { get; init; }

    /// <summary>How paths of the Permissions API name the type, e.g. <c>experiments</c>.</summary>
    public required string ApiType { get; init; }

    /// <summary>How its answers name the type, e.g. <c>mlflowExperiment</c>.</summary>
    public required string ObjectType { get; init; }

    /// <summary>How events of grants name the type, e.g. <c>experiment</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The levels that can be granted, lowest first.</summary>
    public required IReadOnlyList<PermissionLevelInfo> Levels { get; init; }

    /// <summary>The id of what is there once, e.g. <c>tokens</c>; null where there are many.</summary>
    public string? OnlyId { get; init; }

    /// <summary>The id that answers leave out, since it is a root's; null for none.</summary>
    public string? RootId { get; init; }

    /// <summary>The column with the public id of its row.</summary>
    public string IdColumn { get; init; } = "public_id";

    /// <summary>The column with what people call it; of what is there once, the words themselves.</summary>
    public string Label { get; init; } = "name";

    /// <summary>The column with the key of the folder that it lies in and inherits from; null for what lies in none.</summary>
    public string? FolderColumn { get; init; }

    /// <summary>What is there once and it inherits from, from <see cref="PermissionLevel.CanRead"/> on; null for nothing.</summary>
    public ObjectKind? Root { get; init; }

    /// <summary>Whether events name it by its label, and keep its public id as the key that lasts.</summary>
    public bool HasNamedEvents { get; init; }

    /// <summary>Whether lists of grants begin with groups, as clients know it of models; else they begin with service principals.</summary>
    public bool ListsGroupsFirst { get; init; }

    /// <summary>How answers name the object of an id, e.g. <c>/experiments/12</c>.</summary>
    public string ObjectId(string id) => id == RootId ? $"/{ApiType}/" : $"/{ApiType}/{id}";
}

/// <summary>
/// Something that access is asked for, as a request names it. What has no grants of its own stands for what guards it: a run for its experiment,
/// a comment for its registered model. Equal names are equal objects.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">How it is named: the kind says by what.</param>
public sealed record AccessObject(ObjectKind Kind, string Id)
{
    /// <summary>How an error names it to somebody who may read it.</summary>
    public string Text => Kind.Text(Id);

    /// <summary>Whether those who may not read it are not to know that it is there.</summary>
    public bool IsHidden => Kind.Missing is not null;

    /// <summary>The answer when it isn't there; also to those who may not read it.</summary>
    public ProtocolException Missing() => ProtocolException.NotFound(Kind.Missing?.Invoke(Id) ?? $"{Text} not found");

    /// <summary>The answer to somebody who may not read it.</summary>
    public ProtocolException Hidden(Caller caller) =>
        Kind.Hidden is { } words ? new(ErrorCode.PermissionDenied, words(Id, caller)) : Missing();
}
