namespace Dossier.Durability.Tests;

/// <summary>What one writer did to one run or one registered model, until it was done or the server was killed.</summary>
internal abstract class Story
{
    private readonly List<Step> _steps = [];

    /// <summary>One write: what it was, and whether the server acknowledged it.</summary>
    /// <param name="What">For the message when it is lost.</param>
    /// <param name="Keys">What must be there, wholly or not at all.</param>
    protected sealed record Step(string What, IReadOnlyCollection<string> Keys)
    {
        /// <summary>Whether the answer arrived.</summary>
        public bool Acknowledged { get; set; }
    }

    /// <summary>How many writes were acknowledged.</summary>
    public int Acknowledged => _steps.Count(step => step.Acknowledged);

    /// <summary>Called at each acknowledgement, before anything else is done about it.</summary>
    public required Action OnAcknowledged { get; init; }

    /// <summary>Writes until done.</summary>
    /// <exception cref="HttpRequestException">The server was killed.</exception>
    public abstract Task WriteAsync(HttpClient client);

    /// <summary>Fails where an acknowledged write is missing or any write is there in part.</summary>
    public abstract Task CheckAsync(HttpClient client);

    /// <summary>Does one write and notes its acknowledgement.</summary>
    protected async Task<T> DoAsync<T>(string what, IReadOnlyCollection<string> keys, Func<Task<T>> write)
    {
        var step = new Step(what, keys);
        _steps.Add(step);
        var answer = await write();
        OnAcknowledged();
        step.Acknowledged = true;
        return answer;
    }

    /// <summary>Compares what the server holds with the writes.</summary>
    protected void Compare(IReadOnlyCollection<string> held)
    {
        var left = held.ToHashSet();
        Assert.True(left.Count == held.Count, $"{this} holds something twice: {string.Join(", ", held.Order())}");
        foreach (var step in _steps)
        {
            var found = step.Keys.Count(left.Remove);
            Assert.True(found == 0 || found == step.Keys.Count, $"{this}: {step.What} is half written, {found} of {step.Keys.Count}.");
            Assert.True(found > 0 || !step.Acknowledged, $"{this}: {step.What} was acknowledged and is lost.");
        }

        Assert.True(left.Count == 0, $"{this} holds what nobody wrote: {string.Join(", ", left)}");
    }

    /// <summary>Fails where something acknowledged has vanished as a whole.</summary>
    protected void CompareAbsent() => Compare([]);
}
