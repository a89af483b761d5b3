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
        port.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() is < 0 or > ushort.MaxValue)
            {
                result.AddError("'--port' must be from 1 to 65535, or 0 for a free one.");
            }
        });
        return port;
    }
}
