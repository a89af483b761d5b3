using Dossier.Protocol;

namespace Dossier.Core.Access;

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
