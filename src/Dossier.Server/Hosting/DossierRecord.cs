using Dossier.Core;
using Dossier.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Hosting;

/// <summary>A record and its domain without a server in front: for commands that work on the database itself. Disposing closes it.</summary>
public sealed class DossierRecord : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private DossierRecord(ServiceProvider services)
    {
        _services = services;
        Domain = services.GetRequiredService<Domain>();
    }

    /// <summary>The domain. Its background work does not run here.</summary>
    public Domain Domain { get; }

    /// <summary>Opens the record, making a new one if there is none; also while a server runs on it.</summary>
    /// <param name="options">Which record it is, as a server would be started on it.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ServerOptionsException">The database does not answer, or the key file can't be used.</exception>
    /// <exception cref="StoreOpenException">The URI is wrong, or a newer program wrote the database.</exception>
    public static async Task<DossierRecord> OpenAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        var opening = DossierServices.OpenStoreAsync(options, cancellationToken);
        var store = await opening;
        try
        {
            return new(new ServiceCollection().AddDossier(options, opening).BuildServiceProvider());
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
