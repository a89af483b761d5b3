namespace Dossier.Core.Tracking;

/// <summary>Keys of run tags with a meaning for the server.</summary>
public static class RunTags
{
    /// <summary>Kept equal to the run's name.</summary>
    public const string RunName = "mlflow.runName";

    /// <summary>The models logged by 2.x clients, as a JSON list.</summary>
    public const string LogModelHistory = "mlflow.log-model.history";
}
