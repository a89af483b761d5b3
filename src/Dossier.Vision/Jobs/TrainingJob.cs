using Dossier.Client;

namespace Dossier.Vision.Jobs;

/// <summary>The whole way from a data set to a registered model: read → split → check for leaks → train → judge → record → register → stage.</summary>
/// <param name="client">Where the record goes.</param>
/// <param name="options">What to do.</param>
public sealed class TrainingJob(DossierClient client, TrainingJobOptions options)
{
    /// <summary>Does it. What is wrong with data, checkpoint or arguments is told before a run is begun; a run that is begun ends as FAILED or KILLED if the job does.</summary>
    /// <param name="progress">Told what happens, in order, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="VisionException">Data, checkpoint or arguments cannot be used.</exception>
    public Task<TrainingOutcome> RunAsync(IProgress<JobEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        _ = (client, options);
        throw new NotImplementedException();
    }
}
