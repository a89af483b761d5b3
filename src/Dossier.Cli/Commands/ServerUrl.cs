using Dossier.Server.Hosting;

namespace Dossier.Cli.Commands;

/// <summary>A server's address as users type it.</summary>
internal static class ServerUrl
{
    /// <summary>The URL without a slash at its end.</summary>
    public static string Of(DossierServer server) => server.Url.AbsoluteUri.TrimEnd('/');
}
