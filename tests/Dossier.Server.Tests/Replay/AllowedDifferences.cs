using System.Text.RegularExpressions;

namespace Dossier.Server.Tests.Replay;

/// <summary>Where our answers may differ from the reference server's, and why. Everything else is a fault.</summary>
public static partial class AllowedDifferences
{
    // Tracing, evaluation and scorers are no part of the protocol level that is spoken:
    // clients take 404 ENDPOINT_NOT_FOUND as "this server has none".
    private static readonly string[] NotSpoken =
    [
        "/api/2.0/mlflow/traces", "/api/3.0/mlflow/traces", "/v1/traces", "/api/3.0/mlflow/datasets", "/api/3.0/mlflow/scorers",
    ];

    // The reference answers these with 500, which clients retry, or refuses what we do.
    private static readonly Dictionary<string, int> Statuses = new()
    {
        ["ERR get_experiment non-int"] = 404,
        ["ERR download_artifacts missing"] = 404,
        ["mlflow.pyfunc.load_model(runs:/R/model)"] = 404,
        ["client.log_artifact(multipart upload enabled, 6 MB)"] = 200,
    };

    // The error code is the same, the message says it in other words: ours name the field and what would be right.
    private static readonly HashSet<string> OtherWords =
    [
        "ERR log_metric bad key", "ERR search_runs bad filter",
        "ERR get_model_version non-int version", "ERR search_registered_models max_results too big", "ERR search_model_versions max_results too big",
        "ERR list_artifacts traversal", "ERR get_experiment non-int", "client.test_webhook",
    ];

    public static bool IsNotSpoken(string path) => NotSpoken.Any(start => path.StartsWith(start, StringComparison.Ordinal));

    public static int StatusOf(Recording exchange) =>
        exchange.Status == 200 && !exchange.Label.StartsWith("client.log_artifact(", StringComparison.Ordinal)
            ? 200
            : Statuses.GetValueOrDefault(exchange.Label, exchange.Status);

    /// <summary>Whether nothing but the status is compared.</summary>
    public static bool OnlyStatusCounts(Recording exchange) =>
        StatusOf(exchange) != exchange.Status || exchange.Answer.Contains("(binary)", StringComparison.Ordinal);

    /// <summary>An answer, recorded or ours, without what may differ.</summary>
    public static string Reduce(Recording exchange, string answer)
    {
        // The version of the reference server that was recorded is not the one whose protocol we name.
        if (exchange.Url == "/version")
        {
            return "";
        }

        // The reference repeats its SQL in some messages.
        var reduced = Canonical.Of(SqlLeak().Replace(answer, "\"}"));
        if (OtherWords.Contains(exchange.Label))
        {
            return Message().Replace(reduced, "");
        }

        // Ours always say inputs and outputs of a run, also empty ones (the 2.x server knows no outputs, and creation leaves both out),
        // and who made a registered model or version. What a client never gave is absent, as other unset fields are: no empty row in a report.
        return Always().Replace(reduced, "");
    }

    [GeneratedRegex(",message:.*|error_message:[^}]*")]
    private static partial Regex Message();

    [GeneratedRegex(@",inputs:\{\}|,outputs:\{\}|,user_id:""local""|,description:""""|,run_link:""""")]
    private static partial Regex Always();

    [GeneratedRegex(@" Error: \(.*""}$")]
    private static partial Regex SqlLeak();
}
