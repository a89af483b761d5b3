using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Runs that this program is working on.</summary>
public sealed partial class DossierClient
{
    /// <summary>
    /// Where <see cref="RunAsync"/> puts what went wrong with logging into the <see cref="Exception.Data"/> of the work's own exception.
    /// </summary>
    public const string LoggingFailedKey = "Dossier.LoggingFailed";

    /// <summary>Starts a run. Dispose it to end it; see <see cref="ActiveRun"/> for how it ends.</summary>
    /// <param name="experimentName">The experiment; it is created if it does not exist.</param>
    /// <param name="runName">The run's name; null: a readable random one.</param>
    /// <param name="tags">Tags beside the usual ones (user, program, git commit); they win over these.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ActiveRun> StartRunAsync(
        string experimentName, string? runName = null, IEnumerable<Tag>? tags = null, CancellationToken cancellationToken = default)
    {
        var experiment = await Experiments.GetOrCreateAsync(experimentName, cancellationToken);
        return await StartRunInAsync(experiment.ExperimentId, runName, tags ?? [], cancellationToken);
    }

    /// <summary>
    /// Does <paramref name="work"/> within a run that ends as <c>FINISHED</c>, as <c>FAILED</c> if the work throws, or as <c>KILLED</c> if it was
    /// cancelled; what it throws is rethrown.
    /// </summary>
    /// <param name="experimentName">The experiment; it is created if it does not exist.</param>
    /// <param name="work">The work.</param>
    /// <param name="runName">The run's name; null: a readable random one.</param>
    /// <param name="tags">Tags beside the usual ones.</param>
    /// <param name="cancellationToken">Ends the start of the run; the work watches it by itself.</param>
    /// <exception cref="RunLoggingException">The work is done, but some of what it logged is not at the server.</exception>
    public async Task RunAsync(
        string experimentName,
        Func<ActiveRun, Task> work,
        string? runName = null,
        IEnumerable<Tag>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var run = await StartRunAsync(experimentName, runName, tags, cancellationToken);
        try
        {
            await work(run);
        }
        catch (Exception e)
        {
            await EndAsync(run, e, cancellationToken);
            throw;
        }

        await run.DisposeAsync();
    }

    /// <summary>
    /// Registers a model: creates the registered model if it does not exist, and a new version of it.
    /// </summary>
    /// <param name="modelUri">Its files: <c>runs:/RUN/PATH</c>, <c>models:/m-…</c> or an artifact URI.</param>
    /// <param name="name">The registered model.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version; on servers that register in the background its status may still be <c>PENDING_REGISTRATION</c>.</returns>
    public async Task<ModelVersion> RegisterModelAsync(string modelUri, string name, CancellationToken cancellationToken = default)
    {
        var model = await Models.ResolveAsync(modelUri, cancellationToken);
        var source = model.Location switch
        {
            ArtifactLocation.InRun run => await Artifacts.GetUriAsync(run, cancellationToken),
            ArtifactLocation.AtUri at => at.Uri,
            _ => throw ProtocolException.Invalid($"'{modelUri}' cannot be registered: use runs:/RUN/PATH, models:/m-… or an artifact URI."),
        };
        try
        {
            await RegisteredModels.CreateAsync(new() { Name = name }, cancellationToken);
        }
        catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceAlreadyExists)
        {
            // Then the version joins the others.
        }

        return await ModelVersions.CreateAsync(
            new() { Name = name, Source = source, RunId = model.RunId, ModelId = model.ModelId }, cancellationToken);
    }

    internal async Task<ActiveRun> StartRunInAsync(string experimentId, string? runName, IEnumerable<Tag> tags, CancellationToken cancellationToken)
    {
        // The last tag of a key wins.
        var all = new OrderedDictionary<string, string>();
        foreach (var tag in StandardTags.OfThisProgram().Concat(tags))
        {
            all[tag.Key] = tag.Value;
        }

        if (runName is not null)
        {
            all[WellKnownTags.RunName] = runName;
        }

        var run = await Runs.CreateAsync(
            new()
            {
                ExperimentId = experimentId,
                RunName = runName,
                UserId = Environment.UserName,
                StartTime = _time.Milliseconds(),
                Tags = [.. all.Select(tag => new Tag(tag.Key, tag.Value))],
            },
            cancellationToken);
        return new(this, run, _time);
    }

    private static async Task EndAsync(ActiveRun run, Exception because, CancellationToken cancellationToken)
    {
        if (because is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            run.Kill();
        }
        else
        {
            run.Fail();
        }

        try
        {
            await run.DisposeAsync();
        }
        catch (Exception e) when (e is RunLoggingException or ProtocolException)
        {
            because.Data[LoggingFailedKey] = e;
        }
    }
}
