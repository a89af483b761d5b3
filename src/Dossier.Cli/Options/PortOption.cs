using System.CommandLine;

namespace Dossier.Cli.Options;

/// <summary>The option <c>--port</c>.</summary>
internal static class PortOption
{
    /// <summary>The option.</summary>
    /// <param name="description">Its help.</param>
    /// <param name="defaultPort">The port when the user gives none.</param>
    public static Option<int> Create(string description, int defaultPort)
    {
        var port = new Option<int>("--port", "-p")
        {
            Description = description,
            HelpName = "PORT",
            DefaultValueFactory = _ => defaultPort,
        };
        return port;
    }
}
