namespace Dossier.Protocol;

/// <summary>The MLflow version whose protocol is spoken.</summary>
public static class ProtocolVersion
{
    /// <summary>What <c>/version</c> returns; clients turn features on by it.</summary>
    public const string Text = "3.6.0";
}
