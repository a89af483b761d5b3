using Microsoft.AspNetCore.Builder;

namespace Dossier.Server.Access;

/// <summary>An endpoint's declaration of what it needs; an endpoint without one is refused by the tests.</summary>
/// <param name="Need">What it needs.</param>
public sealed record NeedMetadata(Need Need);

/// <summary>Declares needs in route tables.</summary>
internal static class NeedExtensions
{
    /// <summary>Says what the route needs.</summary>
    public static void Needs(this IEndpointConventionBuilder route, Need need) => route.WithMetadata(new NeedMetadata(need));
}
