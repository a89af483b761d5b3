using Dossier.Core;
using Dossier.Hosting;
using Dossier.Hosting.Errors;
using Dossier.Server.Access;
using Dossier.Server.Audit;
using Dossier.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Http;

/// <summary>What endpoint groups write their route tables with: a route reads its message, checks what its guard asks for, calls its handler and writes the answer.</summary>
/// <param name="group">Where the routes go; its prefix is the API's base path.</param>
internal sealed class Routes(IEndpointRouteBuilder group)
{
    private static readonly string[] GetMethod = [HttpMethods.Get];
    private static readonly string[] PostMethod = [HttpMethods.Post];
    private static readonly string[] PutMethod = [HttpMethods.Put];
    private static readonly string[] PatchMethod = [HttpMethods.Patch];
    private static readonly string[] DeleteMethod = [HttpMethods.Delete];
    private static readonly string[] GetAndPostMethods = [HttpMethods.Get, HttpMethods.Post];

    private readonly Domain _domain = group.ServiceProvider.GetRequiredService<Domain>();
    private readonly AuditTrail _trail = group.ServiceProvider.GetRequiredService<AuditTrail>();
    private readonly bool _masksSecrets = group.ServiceProvider.GetRequiredService<ServerOptions>().MaskSecrets;

    /// <summary>A route that reads the query by itself.</summary>
    public void Get<TAnswer>(string path, Guard guard, Func<Call, Task<TAnswer>> handle) =>
        Map(path, GetMethod, guard, async call => await AnswerWriter.WriteAsync(call.Http.Response, await handle(call)));

    /// <summary>A route with a message in the body.</summary>
    public void Post<TMessage, TAnswer>(string path, Guard<TMessage> guard, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => WithBody(path, PostMethod, guard, handle);

    /// <summary>A route with a message in the body and an empty answer.</summary>
    public void Post<TMessage>(string path, Guard<TMessage> guard, Func<Call, TMessage, Task> handle)
        where TMessage : class => WithBody(path, PostMethod, guard, handle);

    /// <summary>A route with a message in the body.</summary>
    public void Put<TMessage, TAnswer>(string path, Guard<TMessage> guard, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => WithBody(path, PutMethod, guard, handle);

    /// <summary>A route with a message in the body.</summary>
    public void Patch<TMessage, TAnswer>(string path, Guard<TMessage> guard, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => WithBody(path, PatchMethod, guard, handle);

    /// <summary>A route with a message in the body and an empty answer.</summary>
    public void Patch<TMessage>(string path, Guard<TMessage> guard, Func<Call, TMessage, Task> handle)
        where TMessage : class => WithBody(path, PatchMethod, guard, handle);

    /// <summary>A route whose path says all, with an empty answer; some clients repeat the path's arguments in a body, which is not read.</summary>
    public void Delete(string path, Guard guard, Func<Call, Task> handle) => Map(path, DeleteMethod, guard, async call =>
    {
        await handle(call);
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    });

    /// <summary>A route with a message in the body or, where there is none, in the query, and an empty answer.</summary>
    public void Delete<TMessage>(string path, Guard<TMessage> guard, Func<Query, TMessage> fromQuery, Func<Call, TMessage, Task> handle)
        where TMessage : class => Add(path, DeleteMethod, guard.Need, async call =>
        {
            var message = await ReadAsync(call, fromQuery);
            await guard.CheckAsync(call, message);
            await handle(call, message);
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        });

    /// <summary>A route with a message in the body or, where there is none, in the query.</summary>
    public void Delete<TMessage, TAnswer>(
        string path, Guard<TMessage> guard, Func<Query, TMessage> fromQuery, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => FromBodyOrQuery(path, DeleteMethod, guard, fromQuery, handle);

    /// <summary>A route that takes its message by POST as a body and by GET as a query.</summary>
    public void GetOrPost<TMessage, TAnswer>(
        string path, Guard<TMessage> guard, Func<Query, TMessage> fromQuery, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => FromBodyOrQuery(path, GetAndPostMethods, guard, fromQuery, handle);

    /// <summary>A route that reads and answers by itself.</summary>
    public void Map(string path, IEnumerable<string> methods, Guard guard, Func<Call, Task> handle, ErrorForm? errors = null)
    {
        var route = Add(path, methods, guard.Need, async call =>
        {
            await guard.CheckAsync(call);
            await handle(call);
        });
        if (errors is not null)
        {
            route.WithMetadata(errors);
        }
    }

    private IEndpointConventionBuilder Add(string path, IEnumerable<string> methods, Need need, Func<Call, Task> handle) =>
        group.MapMethods(path, methods, http => handle(new(http, _domain, _trail))).WithMetadata(new NeedMetadata(need));

    private ValueTask<TMessage> ReadAsync<TMessage>(Call call, Func<Query, TMessage> fromQuery)
        where TMessage : class
    {
        var request = call.Http.Request;
        var hasBody = request.ContentLength > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0);
        return hasBody ? ReadBodyAsync<TMessage>(call) : new(fromQuery(call.Query));
    }

    private async ValueTask<TMessage> ReadBodyAsync<TMessage>(Call call)
        where TMessage : class
    {
        var message = await RequestReader.ReadAsync<TMessage>(call.Http.Request);
        return _masksSecrets ? SecretMask.Of(message) : message;
    }

    private void FromBodyOrQuery<TMessage, TAnswer>(
        string path, string[] methods, Guard<TMessage> guard, Func<Query, TMessage> fromQuery, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => Add(path, methods, guard.Need, async call =>
        {
            var message = await ReadAsync(call, fromQuery);
            await guard.CheckAsync(call, message);
            await AnswerWriter.WriteAsync(call.Http.Response, await handle(call, message));
        });

    private void WithBody<TMessage, TAnswer>(string path, string[] methods, Guard<TMessage> guard, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => Add(path, methods, guard.Need, async call =>
        {
            var message = await ReadBodyAsync<TMessage>(call);
            await guard.CheckAsync(call, message);
            await AnswerWriter.WriteAsync(call.Http.Response, await handle(call, message));
        });

    private void WithBody<TMessage>(string path, string[] methods, Guard<TMessage> guard, Func<Call, TMessage, Task> handle)
        where TMessage : class => Add(path, methods, guard.Need, async call =>
        {
            var message = await ReadBodyAsync<TMessage>(call);
            await guard.CheckAsync(call, message);
            await handle(call, message);
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        });
}
