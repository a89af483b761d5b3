using System.Buffers;
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
    private const int HexDigitsOfId = 32;
    private const int MaxDigitsOfId = 18;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>A run id.</summary>
    public static string Run(string? id, string parameter = "run_id") => Check(id, parameter, MaxRunId);

    /// <summary>The run id of a request that may say it as <c>run_id</c> or, as old clients do, as <c>run_uuid</c>.</summary>
    public static string EitherRun(string? runId, string? runUuid) =>
        string.IsNullOrEmpty(runId) && !string.IsNullOrEmpty(runUuid) ? Run(runUuid, "run_uuid") : Run(runId);

    /// <summary>An experiment id.</summary>
    public static string Experiment(string? id, string parameter = "experiment_id") => Check(id, parameter, MaxExperimentId);

    /// <summary>The id of a logged model.</summary>
    public static string LoggedModel(string? id, string parameter = "model_id") => Check(id, parameter, MaxModelId);

    /// <summary>A registered model's id: 32 hex digits.</summary>
    public static string RegisteredModel(string id, string parameter = "request_object_id") =>
        id.Length == HexDigitsOfId && !id.AsSpan().ContainsAnyExcept(LowerHex)
            ? id
            : throw ProtocolException.InvalidValue(
                TextRules.Excerpt(id),
                parameter,
                "the id of a registered model must be 32 hex digits, not a name; GET /api/2.0/mlflow/databricks/registered-models/get?name=… returns it.");

    /// <summary>A directory's id: a number.</summary>
    public static string Directory(string id, string parameter = "request_object_id") =>
        id.Length is > 0 and <= MaxDigitsOfId && id.All(char.IsAsciiDigit)
            ? id
            : throw ProtocolException.InvalidValue(
                TextRules.Excerpt(id), parameter, "the id of a directory must be a number, 0 for the root; GET /api/2.0/workspace/get-status?path=… returns it.");

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
                $"an id must start with a letter or digit, continue with letters, digits, '_' or '-', and have at most {maxLength} characters.");
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
