using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>
/// Keeps the artifact locations of experiments in the server's own store apart: who may write to one experiment must not reach another's files
/// by a location that is the same, above it or below it. Names of digits are kept for the default locations of experiments to come.
/// </summary>
internal static class ArtifactLocations
{
    /// <summary>Refuses a location that a new experiment must not have.</summary>
    /// <param name="session">The transaction; it holds the creation of experiments.</param>
    /// <param name="location">The location, the client's or the default.</param>
    /// <param name="experimentId">The new experiment's id.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: the place isn't free, or no good.</exception>
    public static async ValueTask CheckAsync(SqlSession session, string location, string experimentId)
    {
        if (ArtifactUri.TryServe(location) is not { } path)
        {
            return;
        }

        var above = ServedPath.Above(path);
        if (above.Count is 0 or ServedPath.MostSegments)
        {
            throw Wrong(location, $"use a folder of your own with at most {ServedPath.MostSegments - 1} levels, such as 'mlflow-artifacts:/my-experiment'.");
        }

        if (!above[0].Equals(experimentId, StringComparison.OrdinalIgnoreCase) && above[0].All(char.IsDigit))
        {
            throw Wrong(location, "a top-level folder named with digits only is reserved for the experiment with that id. Choose another name or omit the location.");
        }

        if (await IsTakenAsync(session, above))
        {
            throw Wrong(location, "it overlaps the location of another experiment or of a registered model's files. Choose another location or omit it.");
        }
    }

    /// <summary>Whether another experiment was assigned the location that this one would get by default.</summary>
    public static async ValueTask<bool> IsTakenAsync(SqlSession session, string location) =>
        ArtifactUri.TryServe(location) is { } path && await IsTakenAsync(session, ServedPath.Above(path));

    private static ValueTask<bool> IsTakenAsync(SqlSession session, IReadOnlyList<string> above)
    {
        // Paths below sort after 'path/' and before 'path0', since '0' comes after '/'.
        var taken = $"{session.Dialect.In("x.served_path", 1)} OR (x.served_path > $2 AND x.served_path < $3)";
        return session.FirstAsync(
            $"SELECT 1 FROM experiments x WHERE {taken} UNION ALL SELECT 1 FROM model_versions x WHERE {taken} LIMIT 1",
            static _ => true, false, SqlValue.List(above), $"{above[^1]}/", $"{above[^1]}0");
    }

    private static ProtocolException Wrong(string location, string hint) => ProtocolException.InvalidValue(location, "artifact_location", hint);
}
