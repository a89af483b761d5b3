using Dossier.Core;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Server.Audit;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Http;

/// <summary>One request, as handlers see it.</summary>
/// <param name="Http">The request and its answer.</param>
/// <param name="Services">The domain.</param>
/// <param name="Trail">Takes down who reads and writes artifacts.</param>
internal readonly record struct Call(HttpContext Http, Domain Services, AuditTrail Trail)
{
    /// <summary>Who is asking; on a route that asks for no sign-in, nobody.</summary>
    public Caller Caller => Http.Features.Get<Caller>() ?? throw new InvalidOperationException("The request passed no sign-in.");

    /// <summary>Who is asking, and by what they are signed in.</summary>
    public SignedIn SignedIn => Http.Features.Get<SignedIn>() ?? throw new InvalidOperationException("The request passed no sign-in.");

    /// <summary>Set when the client is gone.</summary>
    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>The query string.</summary>
    public Query Query => new(Http.Request.Query);

    /// <inheritdoc cref="RawPath.Value"/>
    public string Route(string name) => RawPath.Value(Http, name);

    /// <summary>An answer with a secret in it is stored nowhere on its way.</summary>
    public void KeepNoCopy() => Http.Response.Headers.CacheControl = "no-store";
}
