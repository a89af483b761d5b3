using Dossier.Core.Access;

namespace Dossier.Server.Http;

/// <summary>What an endpoint needs, as its route declares it; the tests refuse an endpoint without one.</summary>
/// <param name="Need">What it needs.</param>
/// <param name="Needs">All that it needs, the first included.</param>
internal sealed record NeedMetadata(Need Need, IReadOnlyList<Need> Needs);

/// <summary>Where a route finds its message.</summary>
internal enum MessageSource
{
    /// <summary>In the JSON body.</summary>
    Body,

    /// <summary>In the path and the query.</summary>
    Query,

    /// <summary>In the body or, where there is none, in the query.</summary>
    BodyOrQuery,
}

/// <summary>What a route takes and answers, for its description.</summary>
/// <param name="Message">The message's type.</param>
/// <param name="Source">Where it is.</param>
/// <param name="Answer">The type of the answer; null for an empty one.</param>
internal sealed record MessageMetadata(Type Message, MessageSource Source, Type? Answer)
{
    /// <summary>Whether the answer is a file.</summary>
    public bool IsFile { get; init; }
}
