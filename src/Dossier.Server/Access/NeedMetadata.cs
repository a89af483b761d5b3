namespace Dossier.Server.Access;

/// <summary>What an endpoint needs, as its route declares it; an endpoint without one is refused by the tests.</summary>
/// <param name="Need">What it needs.</param>
public sealed record NeedMetadata(Need Need);
