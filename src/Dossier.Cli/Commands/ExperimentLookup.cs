using Dossier.Client;
using Dossier.Protocol;

namespace Dossier.Cli.Commands;

/// <summary>Finds the experiment that a user means.</summary>
internal static class ExperimentLookup
{
    /// <summary>The experiment of that name, else of that id.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: there is none.</exception>
    public static async Task<Experiment> FindAsync(DossierClient client, string idOrName, CancellationToken cancellationToken)
    {
        if (await client.Experiments.FindByNameAsync(idOrName, cancellationToken) is { } named)
        {
            return named;
        }

        try
        {
            return await client.Experiments.GetAsync(idOrName, cancellationToken);
        }
        catch (ProtocolException e) when (e.ErrorCode is ErrorCode.ResourceDoesNotExist or ErrorCode.InvalidParameterValue)
        {
            throw ProtocolException.NotFound($"There is no experiment with the name or id '{idOrName}'; 'dossier list experiments' shows all.");
        }
    }
}
