using Dossier.Core.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Access;

/// <summary>What a route needs, and on which objects of the request. No route can be added without one.</summary>
internal sealed class Guard
{
    private readonly Func<Call, IReadOnlyList<AccessObject>>? _objects;

    private Guard(Need need) => Need = need;

    /// <param name="need">A need that asks for a level.</param>
    /// <param name="objects">The objects that the request names.</param>
    public Guard(Need need, Func<Call, IReadOnlyList<AccessObject>> objects) => (Need, _objects) = (need, objects);

    public Need Need { get; }

    /// <summary>A need that is about no object.</summary>
    public static implicit operator Guard(Need need) =>
        need.Level() is null ? new(need) : throw new InvalidOperationException($"{need} is about objects: say which.");

    public ValueTask CheckAsync(Call call) => Need.CheckAsync(call, _objects is null || call.Caller.IsAdmin ? [] : _objects(call));
}

/// <inheritdoc cref="Guard"/>
/// <typeparam name="TMessage">The message that names the objects.</typeparam>
internal sealed class Guard<TMessage>
{
    private readonly Func<TMessage, Call, IReadOnlyList<AccessObject>>? _objects;
    private Guard<TMessage>? _further;

    private Guard(Need need) => Need = need;

    /// <inheritdoc cref="Guard(Need, Func{Call, IReadOnlyList{AccessObject}})"/>
    public Guard(Need need, Func<TMessage, IReadOnlyList<AccessObject>> objects) => (Need, _objects) = (need, (message, _) => objects(message));

    /// <inheritdoc cref="Guard(Need, Func{Call, IReadOnlyList{AccessObject}})"/>
    public Guard(Need need, Func<TMessage, Call, IReadOnlyList<AccessObject>> objects) => (Need, _objects) = (need, objects);

    /// <summary>What the route is about; <see cref="And"/> may add to it.</summary>
    public Need Need { get; }

    /// <summary>A need that is about no object.</summary>
    public static implicit operator Guard<TMessage>(Need need) =>
        need.Level() is null ? new(need) : throw new InvalidOperationException($"{need} is about objects: say which.");

    /// <summary>Adds a need on other objects that the request names.</summary>
    public Guard<TMessage> And(Need need, Func<TMessage, IReadOnlyList<AccessObject>> objects) =>
        new(Need, _objects!) { _further = _further?.And(need, objects) ?? new(need, objects) };

    public async ValueTask CheckAsync(Call call, TMessage message)
    {
        await Need.CheckAsync(call, _objects is null || call.Caller.IsAdmin ? [] : _objects(message, call));
        if (_further is not null)
        {
            await _further.CheckAsync(call, message);
        }
    }
}
