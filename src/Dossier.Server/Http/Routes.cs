using Dossier.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Server.Http;

/// <summary>What endpoint groups write their route tables with: a route reads its message, calls its handler and writes the answer.</summary>
/// <param name="group">Where the routes go; its prefix is the API's base path.</param>
/// <param name="services">The domain, for the handlers.</param>
internal sealed class Routes(IEndpointRouteBuilder group, DomainServices services)
{
    private static readonly string[] GetMethod = [HttpMethods.Get];
    private static readonly string[] PostMethod = [HttpMethods.Post];
    private static readonly string[] PatchMethod = [HttpMethods.Patch];
    private static readonly string[] DeleteMethod = [HttpMethods.Delete];
    private static readonly string[] GetAndPostMethods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>A route that reads the query by itself.</summary>
    public IEndpointConventionBuilder Get<TAnswer>(string path, Func<Call, Task<TAnswer>> handle) =>
        Map(path, GetMethod, async call => await AnswerWriter.WriteAsync(call.Http.Response, await handle(call)));

    /// <summary>A route with a message in the body.</summary>
    public IEndpointConventionBuilder Post<TMessage, TAnswer>(string path, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => WithBody(path, PostMethod, handle);

    /// <summary>A route with a message in the body and an empty answer.</summary>
    public IEndpointConventionBuilder Post<TMessage>(string path, Func<Call, TMessage, Task> handle)
        where TMessage : class => WithBody(path, PostMethod, handle);

    /// <summary>A route with a message in the body.</summary>
    public IEndpointConventionBuilder Patch<TMessage, TAnswer>(string path, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => WithBody(path, PatchMethod, handle);

    /// <summary>A route with a message in the body and an empty answer.</summary>
    public IEndpointConventionBuilder Patch<TMessage>(string path, Func<Call, TMessage, Task> handle)
        where TMessage : class => WithBody(path, PatchMethod, handle);

    /// <summary>A route whose path says all, with an empty answer; some clients repeat the path's arguments in a body, which is not read.</summary>
    public IEndpointConventionBuilder Delete(string path, Func<Call, Task> handle) => Map(path, DeleteMethod, async call =>
    {
        await handle(call);
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    });

    /// <summary>A route with a message in the body or, where there is none, in the query, and an empty answer.</summary>
    public IEndpointConventionBuilder Delete<TMessage>(string path, Func<Query, TMessage> fromQuery, Func<Call, TMessage, Task> handle)
        where TMessage : class => Map(path, DeleteMethod, async call =>
        {
            await handle(call, await ReadAsync(call, fromQuery));
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        });

    /// <summary>A route that takes its message by POST as a body and by GET as a query.</summary>
    public IEndpointConventionBuilder GetOrPost<TMessage, TAnswer>(
        string path, Func<Query, TMessage> fromQuery, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => Map(path, GetAndPostMethods, async call =>
            await AnswerWriter.WriteAsync(call.Http.Response, await handle(call, await ReadAsync(call, fromQuery))));

    /// <summary>A route that reads and answers by itself.</summary>
    public IEndpointConventionBuilder Map(string path, IEnumerable<string> methods, Func<Call, Task> handle) =>
        group.MapMethods(path, methods, http => handle(new(http, services)));

    private static ValueTask<TMessage> ReadAsync<TMessage>(Call call, Func<Query, TMessage> fromQuery)
        where TMessage : class
    {
        var request = call.Http.Request;
        var hasBody = request.ContentLength > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0);
        return hasBody ? RequestReader.ReadAsync<TMessage>(request) : new(fromQuery(call.Query));
    }

    private IEndpointConventionBuilder WithBody<TMessage, TAnswer>(string path, string[] methods, Func<Call, TMessage, Task<TAnswer>> handle)
        where TMessage : class => Map(path, methods, async call =>
        {
            var message = await RequestReader.ReadAsync<TMessage>(call.Http.Request);
            await AnswerWriter.WriteAsync(call.Http.Response, await handle(call, message));
        });

    private IEndpointConventionBuilder WithBody<TMessage>(string path, string[] methods, Func<Call, TMessage, Task> handle)
        where TMessage : class => Map(path, methods, async call =>
        {
            await handle(call, await RequestReader.ReadAsync<TMessage>(call.Http.Request));
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        });
}
