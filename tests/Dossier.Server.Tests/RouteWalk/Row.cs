using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>A line of the walk's table: a route, who may, and a request that is good.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The route's pattern below <c>/api/2.0/</c>, or from the root.</param>
/// <param name="Needs">What one must be allowed of, or one of several.</param>
/// <param name="Message">
/// Makes the request's members for somebody: those in the pattern go into the path, others into the query of GET, HEAD and DELETE and the body of other methods.
/// </param>
public sealed record Row(string Method, string Path, May Needs, Func<Walk, Person, Task<object>> Message)
{
    /// <summary>A request that is the same for everybody.</summary>
    public Row(string method, string path, May needs, Func<Walk, Task<object>> message)
        : this(method, path, needs, (walk, _) => message(walk))
    {
    }

    /// <summary>A request that needs nothing to be made for it.</summary>
    public Row(string method, string path, May needs, Func<Walk, object> message)
        : this(method, path, needs, (walk, _) => Task.FromResult(message(walk)))
    {
    }

    /// <summary>What those are answered who may, where it isn't a success.</summary>
    public HttpStatusCode? Through { get; init; }
}

/// <summary>A request whose body has a member of the same name as the path, or is no JSON.</summary>
/// <param name="Path">What stands for <c>{**path}</c>.</param>
/// <param name="Body">The message, or a text that is sent as it is.</param>
public sealed record InPath(string Path, object Body);
