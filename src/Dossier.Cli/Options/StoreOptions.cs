using System.CommandLine;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Options;

/// <summary>Which database a command works on.</summary>
internal static class StoreOptions
{
    /// <summary>The option <c>--backend-store</c>.</summary>
    public static Option<string> BackendStore { get; } = new("--backend-store", "--backend-store-uri")
    {
        Description = "The database: sqlite:///PATH (four slashes for an absolute path) or postgresql://USER:PASSWORD@HOST/NAME; "
            + "created or upgraded as needed",
        HelpName = "URI",
        DefaultValueFactory = static _ => new ServerOptions().BackendStore,
    };
}
