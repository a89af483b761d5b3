using System.CommandLine;
using System.CommandLine.Parsing;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Permissions;

/// <summary>An object with permissions, as a command line names it.</summary>
/// <param name="Text">As typed.</param>
internal sealed record PermissionTarget(string Text)
{
    private const string ExperimentPrefix = "experiment:";
    private const string ModelPrefix = "models:/";
    private const string DirectoryPrefix = "directory:";
    private const string Forms =
        "experiment:NAME, models:/NAME, directory:/PATH or the API's names experiments/ID, registered-models/ID, registered-models/root, directories/ID, "
        + "authorization/tokens, authorization/passwords";

    private static readonly string[] Types = ["experiments", "registered-models", "directories", "authorization"];

    /// <summary>The argument TARGET.</summary>
    public static Argument<PermissionTarget> Argument { get; } = new("target")
    {
        Description = Forms,
        CustomParser = Parse,
    };

    /// <summary>The object's path in the permissions API; names are looked up.</summary>
    public async Task<string> ResolveAsync(DossierClient client, CancellationToken cancellationToken)
    {
        if (After(ExperimentPrefix) is { } experiment)
        {
            return $"experiments/{(await ExperimentLookup.FindAsync(client, experiment, cancellationToken)).ExperimentId}";
        }

        if (After(ModelPrefix) is { } model)
        {
            return $"registered-models/{(await client.RegisteredModels.GetDatabricksAsync(model, cancellationToken)).Id}";
        }

        if (After(DirectoryPrefix) is { } path)
        {
            var found = await client.Workspace.GetAsync(path, cancellationToken);
            return found.ObjectType == WorkspaceObject.Directory
                ? $"directories/{found.ObjectId}"
                : throw new UsageException($"'{path}' is an experiment, not a directory: use {ExperimentPrefix}{path}.");
        }

        return Text;
    }

    private static PermissionTarget? Parse(ArgumentResult result)
    {
        var target = new PermissionTarget(result.Tokens[0].Value);
        if (target.Problem() is { } problem)
        {
            result.AddError(problem);
            return null;
        }

        return target;
    }

    private string? Problem() => Text.Split('/') switch
    {
        _ when After(ModelPrefix) is { } name => name.IndexOfAny(['/', '@', ':']) < 0
            ? null
            : $"'{Text}' is a version, which has the permissions of its model: use {ModelPrefix}{name.Split('/', '@')[0]}.",
        _ when After(DirectoryPrefix) is { } path => path.StartsWith('/') ? null : $"'{Text}': a directory's path starts with '/', e.g. directory:/Shared.",
        _ when After(ExperimentPrefix) is not null => null,
        [var type, { Length: > 0 }] when Types.Contains(type) => null,
        _ => $"'{Text}' is not an object with permissions: use {Forms}.",
    };

    private string? After(string prefix) =>
        Text.StartsWith(prefix, StringComparison.Ordinal) && Text.Length > prefix.Length ? Text[prefix.Length..] : null;
}
