namespace Dossier.Core.Access;

/// <summary>Asks for the metrics of the server.</summary>
public sealed record GetMetrics;

/// <summary>Who may see how the server does.</summary>
public static class Operation
{
    /// <summary>Guards <see cref="GetMetrics"/>: metrics name routes and tell how much is going on.</summary>
    public static Guard<GetMetrics> MayGetMetrics { get; } = Guards.Admin<GetMetrics>();
}
