using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Server.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Audit;

/// <summary>A request that was refused because of who asked. Equal ones are counted, not repeated.</summary>
/// <param name="Principal">Who asked; empty where nobody signed in.</param>
/// <param name="Action"><c>request.deny</c> or <c>sign_in.fail</c>.</param>
/// <param name="Route">Method and path of the route, without what a client put into it.</param>
/// <param name="Address">Where from.</param>
/// <param name="Reason">What the caller was answered.</param>
internal sealed record Refusal(string Principal, string Action, string Route, string? Address, string Reason)
{
    private const string RequestType = "request";

    /// <summary>The refusal that an error answer is; null when it is of another kind, or when nobody claimed to be somebody.</summary>
    public static Refusal? Of(HttpContext http, ProtocolException failure) => failure.ErrorCode switch
    {
        ErrorCode.PermissionDenied when http.Features.Get<Caller>() is { } caller => Of(http, caller.Name, "request.deny", failure),
        ErrorCode.Unauthenticated when http.Request.Headers.Authorization.Count > 0 || IsLogin(http) => Of(http, "", "sign_in.fail", failure),
        _ => null,
    };

    public Observation Observed(long at, int times) => new(
        new(Principal, at), Action, RequestType, Route,
        [("address", Address), ("reason", Reason), ("times", times > 1 ? times.ToString(CultureInfo.InvariantCulture) : null)]);

    private static bool IsLogin(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && http.Request.Path == LoginEndpoints.Path;

    private static Refusal Of(HttpContext http, string principal, string action, ProtocolException failure)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return new(principal, action, $"{http.Request.Method} {route}".Trim(), http.Connection.RemoteIpAddress?.ToString(), failure.Message);
    }
}
