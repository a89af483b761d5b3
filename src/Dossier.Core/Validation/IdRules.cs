using System.Text;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for public ids: <c>[a-zA-Z0-9][\w-]*</c> of a bounded length.</summary>
internal static class IdRules
{
    private const int MaxRunId = 256;
    private const int MaxExperimentId = 64;
    private const int MaxModelId = 256;
    private const int MaxActivityId = 64;

    /// <summary>A run id.</summary>
    public static string Run(string? id, string parameter = "run_id") => Check(id, parameter, MaxRunId);

    /// <summary>The run id of a request that may say it as <c>run_id</c> or, as old clients do, as <c>run_uuid</c>.</summary>
    public static string EitherRun(string? runId, string? runUuid) =>
        string.IsNullOrEmpty(runId) && !string.IsNullOrEmpty(runUuid) ? Run(runUuid, "run_uuid") : Run(runId);

    /// <summary>An experiment id.</summary>
    public static string Experiment(string? id, string parameter = "experiment_id") => Check(id, parameter, MaxExperimentId);

    /// <summary>The id of a logged model.</summary>
    public static string LoggedModel(string? id, string parameter = "model_id") => Check(id, parameter, MaxModelId);

    /// <summary>The id of a comment.</summary>
    public static string Activity(string? id, string parameter = "id") => Check(id, parameter, MaxActivityId);

    private static string Check(string? id, string parameter, int maxLength)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw ProtocolException.Missing(parameter);
        }

        if (id.Length > maxLength || !char.IsAsciiLetterOrDigit(id[0]) || !HasOnlyIdCharacters(id))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(id),
                parameter,
                $"an id starts with a letter or digit, goes on with letters, digits, '_' and '-', and has at most {maxLength} characters.");
        }

        return id;
    }

    private static bool HasOnlyIdCharacters(string id)
    {
        foreach (var rune in id.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
