using Dossier.Core.Access;

namespace Dossier.Storage.Access;

/// <summary>An object that grants are made on.</summary>
/// <param name="Kind">A kind with grants of its own.</param>
/// <param name="Key">Its key; 0 for what is there once.</param>
/// <param name="EventId">How events name it.</param>
/// <param name="EventKey">The id of a registered model, by which its events are found whatever it was called; null for all else.</param>
internal readonly record struct GrantObject(ObjectKind Kind, long Key, string EventId, string? EventKey = null)
{
    /// <summary>How grants on it are made and named.</summary>
    public GrantRules Rules => Kind.Grants!;
}
