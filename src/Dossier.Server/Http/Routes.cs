using Dossier.Core;
using Dossier.Core.Access;
using Dossier.Hosting;
using Dossier.Hosting.Errors;
using Dossier.Server.Audit;
using Dossier.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Http;

/// <summary>
/// What endpoint groups write their route tables with. A row names the path, the guard and the domain's method: the route reads the message, has it pass
/// the guard, calls the method and writes what it returns. A message of a GET, and of a DELETE with all in its path, is read from path and query.
/// </summary>
/// <param name="group">Where the routes go; its prefix is the API's base path.</param>
internal sealed class Routes(IEndpointRouteBuilder group)
{
    private static readonly string[] GetMethod = [HttpMethods.Get];
    private static readonly string[] PostMethod = [HttpMethods.Post];
    private static readonly string[] PutMethod = [HttpMethods.Put];
    private static readonly string[] PatchMethod = [HttpMethods.Patch];
    private static readonly string[] DeleteMethod = [HttpMethods.Delete];
    private static readonly string[] GetAndPostMethods = [HttpMethods.Get, HttpMethods.Post];

    private readonly AuditTrail _trail = group.ServiceProvider.GetRequiredService<AuditTrail>();
    private readonly bool _masksSecrets = group.ServiceProvider.GetRequiredService<ServerOptions>().MaskSecrets;

    /// <summary>The domain, whose methods the rows name.</summary>
    public Domain Domain { get; } = group.ServiceProvider.GetRequiredService<Domain>();

    /// <summary>A route that answers what the method returns.</summary>
    public void Get<TMessage, TAnswer>(string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TAnswer>> work)
        where TMessage : class => Add(path, GetMethod, guard, MessageSource.Query, null, work, static answer => answer);

    /// <summary>A route whose answer is made of what the method returns.</summary>
    public void Get<TMessage, TResult, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, Func<TResult, TAnswer> answer)
        where TMessage : class => Add(path, GetMethod, guard, MessageSource.Query, null, work, answer);

    /// <summary>A route with a message in the body and an empty answer.</summary>
    /// <param name="path">The path below the group's.</param>
    /// <param name="guard">Who may.</param>
    /// <param name="work">The domain's method.</param>
    /// <param name="bind">Puts what the path names into the message; null where it names nothing.</param>
    public void Post<TMessage>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task> work, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PostMethod, guard, MessageSource.Body, bind, work);

    /// <summary>A route with a message in the body.</summary>
    /// <inheritdoc cref="Post{TMessage}" path="/param"/>
    public void Post<TMessage, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TAnswer>> work, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PostMethod, guard, MessageSource.Body, bind, work, static answer => answer);

    /// <summary>A route with a message in the body whose answer is made of what the method returns.</summary>
    /// <inheritdoc cref="Post{TMessage}" path="/param"/>
    public void Post<TMessage, TResult, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, Func<TResult, TAnswer> answer,
        Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PostMethod, guard, MessageSource.Body, bind, work, answer);

    /// <summary>A route whose answer holds a secret: it is stored nowhere on its way.</summary>
    /// <inheritdoc cref="Post{TMessage}" path="/param"/>
    public void PostForSecret<TMessage, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TAnswer>> work, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PostMethod, guard, MessageSource.Body, bind, work, static answer => answer, static call => call.KeepNoCopy());

    /// <inheritdoc cref="Post{TMessage, TAnswer}"/>
    public void Put<TMessage, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TAnswer>> work, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PutMethod, guard, MessageSource.Body, bind, work, static answer => answer);

    /// <inheritdoc cref="Post{TMessage}"/>
    public void Patch<TMessage>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task> work, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PatchMethod, guard, MessageSource.Body, bind, work);

    /// <inheritdoc cref="Post{TMessage, TAnswer}"/>
    public void Patch<TMessage, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TAnswer>> work, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PatchMethod, guard, MessageSource.Body, bind, work, static answer => answer);

    /// <inheritdoc cref="Post{TMessage, TResult, TAnswer}"/>
    public void Patch<TMessage, TResult, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, Func<TResult, TAnswer> answer,
        Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, PatchMethod, guard, MessageSource.Body, bind, work, answer);

    /// <summary>A route with an empty answer. Some clients repeat in a body what the path names, which is not read.</summary>
    public void Delete<TMessage>(string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task> work)
        where TMessage : class => Add(path, DeleteMethod, guard, SourceOfDelete(path), null, work);

    /// <inheritdoc cref="Get{TMessage, TResult, TAnswer}"/>
    public void Delete<TMessage, TResult, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, Func<TResult, TAnswer> answer)
        where TMessage : class => Add(path, DeleteMethod, guard, SourceOfDelete(path), null, work, answer);

    /// <summary>A route that takes its message by POST as a body and by GET as a query.</summary>
    public void GetOrPost<TMessage, TResult, TAnswer>(
        string path, Guard<TMessage> guard, Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, Func<TResult, TAnswer> answer)
        where TMessage : class => Add(path, GetAndPostMethods, guard, MessageSource.BodyOrQuery, null, work, answer);

    /// <summary>A route with a message in the body and an empty answer, where something must be done with the request itself.</summary>
    /// <param name="path">The path below the group's.</param>
    /// <param name="method">The method.</param>
    /// <param name="guard">Who may.</param>
    /// <param name="handle">Calls the domain.</param>
    /// <param name="bind">Puts what the path names into the message; null where it names nothing.</param>
    public void Handle<TMessage>(
        string path, string method, Guard<TMessage> guard, Func<Call, Granted<TMessage>, Task> handle, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, [method], guard, new(typeof(TMessage), MessageSource.Body, null), async call =>
        {
            var message = await ReadAsync(call, MessageSource.Body, bind);
            await handle(call, await guard.PassAsync(Domain.Access, call.Caller, message, call.Cancel));
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        });

    /// <summary>A route with a message in the body, where something must be done with the request itself.</summary>
    /// <inheritdoc cref="Handle{TMessage}" path="/param"/>
    public void Handle<TMessage, TAnswer>(
        string path, string method, Guard<TMessage> guard, Func<Call, Granted<TMessage>, Task<TAnswer>> handle, Func<TMessage, Call, TMessage>? bind = null)
        where TMessage : class => Add(path, [method], guard, new(typeof(TMessage), MessageSource.Body, typeof(TAnswer)), async call =>
        {
            var message = await ReadAsync(call, MessageSource.Body, bind);
            var answer = await handle(call, await guard.PassAsync(Domain.Access, call.Caller, message, call.Cancel));
            await AnswerWriter.WriteAsync(call.Http.Response, answer);
        });

    /// <summary>A route that makes its message itself, and writes the answer itself.</summary>
    /// <param name="path">The path below the group's.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="guard">Who may.</param>
    /// <param name="read">Makes the message.</param>
    /// <param name="handle">Calls the domain and answers.</param>
    /// <param name="description">What it takes and answers, where that can be said.</param>
    /// <param name="errors">The form of its errors; null for that of its group.</param>
    public void Map<TMessage>(
        string path, IEnumerable<string> methods, Guard<TMessage> guard, Func<Call, ValueTask<TMessage>> read, Func<Call, Granted<TMessage>, Task> handle,
        MessageMetadata? description = null, ErrorForm? errors = null)
        where TMessage : class => Add(
            path, methods, guard.Need, guard.Needs, description,
            async call =>
            {
                // Whoever may not do this anyway does not learn what is wrong with the request.
                guard.RequireCaller(call.Caller);
                await handle(call, await guard.PassAsync(Domain.Access, call.Caller, await read(call), call.Cancel));
            },
            errors);

    /// <summary>A route that reads and answers by itself, and nothing of the record.</summary>
    /// <param name="path">The path below the group's.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="need">One that asks for no more than sign-in.</param>
    /// <param name="handle">Answers.</param>
    /// <param name="errors">The form of its errors; null for that of its group.</param>
    public void Map(string path, IEnumerable<string> methods, Need need, Func<Call, Task> handle, ErrorForm? errors = null)
    {
        if (need.Level is not null || need == Need.Admin)
        {
            throw new ArgumentException($"'{need}' takes a guard.", nameof(need));
        }

        Add(path, methods, need, [need], null, handle, errors);
    }

    private static MessageSource SourceOfDelete(string path) => path.Contains('{', StringComparison.Ordinal) ? MessageSource.Query : MessageSource.BodyOrQuery;

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0);

    private void Add<TMessage, TResult, TAnswer>(
        string path, string[] methods, Guard<TMessage> guard, MessageSource source, Func<TMessage, Call, TMessage>? bind,
        Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, Func<TResult, TAnswer> answer, Action<Call>? before = null)
        where TMessage : class => Add(path, methods, guard, new(typeof(TMessage), source, typeof(TAnswer)), async call =>
        {
            before?.Invoke(call);
            var message = await ReadAsync(call, source, bind);
            var result = await guard.CallAsync(Domain.Access, call.Caller, message, work, call.Cancel);
            await AnswerWriter.WriteAsync(call.Http.Response, answer(result));
        });

    private void Add<TMessage>(
        string path, string[] methods, Guard<TMessage> guard, MessageSource source, Func<TMessage, Call, TMessage>? bind,
        Func<Granted<TMessage>, CancellationToken, Task> work)
        where TMessage : class => Add(path, methods, guard, new(typeof(TMessage), source, null), async call =>
        {
            var message = await ReadAsync(call, source, bind);
            await guard.CallAsync(Domain.Access, call.Caller, message, work, call.Cancel);
            await AnswerWriter.WriteEmptyAsync(call.Http.Response);
        });

    private void Add(string path, IEnumerable<string> methods, IGuard guard, MessageMetadata? message, Func<Call, Task> handle) =>
        Add(path, methods, guard.Need, guard.Needs, message, handle);

    private void Add(
        string path, IEnumerable<string> methods, Need need, IEnumerable<Need> needs, MessageMetadata? message, Func<Call, Task> handle,
        ErrorForm? errors = null)
    {
        var endpoint = group.MapMethods(path, methods, http => handle(new(http, Domain, _trail))).WithMetadata(new NeedMetadata(need, [.. needs]));
        if (message is not null)
        {
            endpoint.WithMetadata(message);
        }

        if (errors is not null)
        {
            endpoint.WithMetadata(errors);
        }
    }

    private async ValueTask<TMessage> ReadAsync<TMessage>(Call call, MessageSource source, Func<TMessage, Call, TMessage>? bind)
        where TMessage : class
    {
        if (source == MessageSource.Query || (source == MessageSource.BodyOrQuery && !HasBody(call.Http.Request)))
        {
            return QueryMessage.Read<TMessage>(call);
        }

        var message = await RequestReader.ReadAsync<TMessage>(call.Http.Request);
        message = _masksSecrets ? SecretMask.Of(message) : message;
        return bind is null ? message : bind(message, call);
    }
}

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
