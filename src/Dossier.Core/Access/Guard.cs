using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>What a guard says of itself: for the table of routes, its tests and its description.</summary>
public interface IGuard
{
    /// <summary>What the request is mostly about.</summary>
    Need Need { get; }

    /// <summary>All that it asks for, <see cref="Need"/> first.</summary>
    IEnumerable<Need> Needs { get; }

    /// <summary>The message that it lets pass.</summary>
    Type Message { get; }
}

/// <summary>
/// Lets those pass with a message who may do what it asks for. The only way to a <see cref="Granted{TMessage}"/>, without which no service reads or
/// changes the record. Each service declares the guards of its methods beside them; only this room makes guards.
/// </summary>
/// <typeparam name="TMessage">The message, which names the objects. One type of message has one guard: what it lets pass is good for nothing that needs more.</typeparam>
public sealed class Guard<TMessage> : IGuard
    where TMessage : class
{
    private readonly IReadOnlyList<Rule> _rules;

    internal Guard(Need need)
        : this(need, [])
    {
    }

    private Guard(Need need, IReadOnlyList<Rule> rules) => (Need, _rules) = (need, rules);

    /// <inheritdoc/>
    public Need Need { get; }

    /// <inheritdoc/>
    public IEnumerable<Need> Needs => _rules.Count == 0 ? [Need] : _rules.Select(rule => rule.Need);

    /// <inheritdoc/>
    public Type Message => typeof(TMessage);

    /// <summary>Lets the caller pass.</summary>
    /// <returns>The message, for the service.</returns>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c>; that an object isn't there, also where the caller may not read it;
    /// <c>INVALID_PARAMETER_VALUE</c> for an id that is missing or malformed.</exception>
    public async ValueTask<Granted<TMessage>> PassAsync(AccessService access, Caller caller, TMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        RequireCaller(caller);

        // By index: no list of rules is walked by an enumerator for each request.
        for (var i = 0; i < _rules.Count; i++)
        {
            var rule = _rules[i];
            if (rule.One is not null)
            {
                await access.RequireAsync(caller, rule.One(message, caller), rule.Need.Level!.Value, cancellationToken);
            }
            else if (rule.Many!(message) is { Count: > 0 } objects)
            {
                await access.RequireAsync(caller, objects, rule.Need.Level!.Value, cancellationToken);
            }
        }

        return new(message, caller);
    }

    /// <summary>Checks what can be checked before the message is read: whether only administrators may do this.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c>.</exception>
    public void RequireCaller(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (Need == Need.Admin && !caller.IsAdmin)
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, $"Only members of the group '{BuiltIn.Admins}' may do this; {caller.Name} is not a member.");
        }
    }

    /// <summary>Lets the caller pass, and does the work.</summary>
    /// <inheritdoc cref="PassAsync" path="/exception"/>
    public async Task<TResult> CallAsync<TResult>(
        AccessService access, Caller caller, TMessage message, Func<Granted<TMessage>, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken) =>
        await work(await PassAsync(access, caller, message, cancellationToken), cancellationToken);

    /// <inheritdoc cref="CallAsync{TResult}"/>
    public async Task CallAsync(
        AccessService access, Caller caller, TMessage message, Func<Granted<TMessage>, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        await work(await PassAsync(access, caller, message, cancellationToken), cancellationToken);

    /// <summary>The same that needs a level on another object too.</summary>
    /// <param name="level">The level.</param>
    /// <param name="kind">The object's kind.</param>
    /// <param name="id">The id that the message names; checked as the kind says.</param>
    /// <param name="parameter">The name of the id's parameter, for errors; null for the one that requests usually call it.</param>
    internal Guard<TMessage> And(PermissionLevel level, ObjectKind kind, Func<TMessage, string?> id, string? parameter = null) =>
        And(Need.Of(level, kind), (message, _) => kind.Named(id(message), parameter ?? kind.Parameter));

    /// <summary>The same that needs a level on an object that the caller has a part in naming.</summary>
    internal Guard<TMessage> And(Need need, Func<TMessage, Caller, AccessObject> one) => new(Need, [.. _rules, new(need, one, null)]);

    /// <summary>The same that needs a level on an object that a message may leave out.</summary>
    internal Guard<TMessage> AndIfNamed(PermissionLevel level, ObjectKind kind, Func<TMessage, string?> id) =>
        AndEach(level, kind, message => id(message) is { Length: > 0 } named ? [kind.Named(named, kind.Parameter)] : []);

    /// <summary>The same that needs a level on each of several objects.</summary>
    internal Guard<TMessage> AndEach(PermissionLevel level, ObjectKind kind, Func<TMessage, IReadOnlyList<AccessObject>> many) =>
        new(Need, [.. _rules, new(Need.Of(level, kind), null, many)]);

    /// <param name="Need">What is needed.</param>
    /// <param name="One">The object; null where there are several.</param>
    /// <param name="Many">The objects, found out about together.</param>
    private sealed record Rule(Need Need, Func<TMessage, Caller, AccessObject>? One, Func<TMessage, IReadOnlyList<AccessObject>>? Many);
}

/// <summary>A message that a guard let pass: whose it is, and that its ids are well formed.</summary>
public sealed class Granted<TMessage>
    where TMessage : class
{
    internal Granted(TMessage message, Caller caller) => (Message, Caller) = (message, caller);

    /// <summary>The message.</summary>
    public TMessage Message { get; }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>Both.</summary>
    public void Deconstruct(out TMessage message, out Caller caller) => (message, caller) = (Message, Caller);
}

/// <summary>Makes guards, for the services that declare them.</summary>
internal static class Guards
{
    /// <summary>Lets all those pass who are signed in: what they get, the service keeps to what they may read.</summary>
    public static Guard<TMessage> SignedIn<TMessage>()
        where TMessage : class => new(Need.ReadableOnly);

    /// <summary>Lets administrators pass.</summary>
    public static Guard<TMessage> Admin<TMessage>()
        where TMessage : class => new(Need.Admin);

    /// <summary>Lets those pass who have a level on the object that the message names.</summary>
    /// <inheritdoc cref="Guard{TMessage}.And(PermissionLevel, ObjectKind, Func{TMessage, string}, string)" path="/param"/>
    public static Guard<TMessage> On<TMessage>(PermissionLevel level, ObjectKind kind, Func<TMessage, string?> id, string? parameter = null)
        where TMessage : class => new Guard<TMessage>(Need.Of(level, kind)).And(level, kind, id, parameter);

    /// <summary>Lets those pass who have what is needed on an object that is worked out from message and caller.</summary>
    public static Guard<TMessage> On<TMessage>(Need need, Func<TMessage, Caller, AccessObject> one)
        where TMessage : class => new Guard<TMessage>(need).And(need, one);

    /// <summary>Lets those pass who have a level on each of several objects.</summary>
    public static Guard<TMessage> OnEach<TMessage>(PermissionLevel level, ObjectKind kind, Func<TMessage, IReadOnlyList<AccessObject>> many)
        where TMessage : class => new Guard<TMessage>(Need.Of(level, kind)).AndEach(level, kind, many);
}

/// <summary>
/// What a caller must be allowed to do. A run, logged model or artifact is guarded by its experiment, a model version by its registered model.
/// Compared by reference where it is one of the needs that ask for no level.
/// </summary>
public sealed class Need
{
    private Need(string text) => Text = text;

    private Need(PermissionLevel level, ObjectKind? kind)
        : this($"{level.Name()} on {(kind is null ? "the object that the path names" : kind.Guarded)}") => (Level, Kind) = (level, kind);

    /// <summary>Nothing: the answer holds nothing of the record.</summary>
    public static Need Nothing { get; } = new("nothing");

    /// <summary>To be signed in, no more: the answer holds only what the caller may read, or what is the caller's own.</summary>
    public static Need ReadableOnly { get; } = new("to be signed in; the answer holds only what the caller may read");

    /// <summary>To be signed in, be it with a one-time password: the caller's own password is changed.</summary>
    public static Need OwnPassword { get; } = new("to be signed in; a one-time password will do");

    /// <summary>To be in the group <c>admins</c>.</summary>
    public static Need Admin { get; } = new($"to be in the group '{BuiltIn.Admins}'");

    /// <summary>CAN_MANAGE on the registered model that a webhook is about or, where it is about all, to be in <c>admins</c>: which it is, the domain finds out and checks.</summary>
    public static Need WebhookManage { get; } = new($"CAN_MANAGE on the registered model of the webhook; for webhooks about all models, to be in the group '{BuiltIn.Admins}'");

    /// <summary>To hold the unguessable id of an upload that was started with CAN_EDIT on the experiment.</summary>
    public static Need UploadId { get; } = new("the id of an upload that the caller started");

    /// <summary>The level; null for a need that asks for none.</summary>
    public PermissionLevel? Level { get; }

    /// <summary>The kind of object that the level is needed on; null for a need that asks for no level, and where the request names the kind too.</summary>
    public ObjectKind? Kind { get; }

    /// <summary>Whether the caller must be signed in.</summary>
    public bool SignIn => this != Nothing && this != UploadId;

    /// <summary>The need in words.</summary>
    public string Text { get; }

    /// <summary>A level on an object of a kind.</summary>
    public static Need Of(PermissionLevel level, ObjectKind kind) => new(level, kind);

    /// <summary>A level on the object, of whatever kind, that the path of the request names.</summary>
    public static Need OfNamed(PermissionLevel level) => new(level, null);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
