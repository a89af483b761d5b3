namespace Dossier.Core.Audit;

/// <summary>What a listing of events asks for, as it was sent; see <see cref="EventQuery"/>.</summary>
public sealed record EventFilter(
    string? Principal, string? ObjectType, string? ObjectId, string? Action, long? From, long? To, string? Order, long? MaxResults, string? PageToken);
