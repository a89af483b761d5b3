namespace Dossier.Protocol;

/// <summary>The version of MLflow whose protocol Dossier speaks.</summary>
public static class ProtocolVersion
{
    /// <summary>The version that servers report to MLflow's clients, which turn features on by it.</summary>
    public const string Mlflow = "3.6.0";
}
