using System.Buffers;
using System.Globalization;

namespace Dossier.Core.Artifacts;

/// <summary>How artifacts are laid out below an experiment's location: <c>RUN_ID/artifacts/…</c> and <c>models/m-…/artifacts/…</c>.</summary>
public static class ArtifactLayout
{
    private const int IdLength = 32;
    private const string LoggedModelPrefix = "m-";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The artifact root of a run.</summary>
    /// <param name="location">The experiment's artifact location, a URI.</param>
    /// <param name="runId">The run's id.</param>
    public static string OfRun(string location, string runId) => $"{location.TrimEnd('/')}/{runId}/artifacts";

    /// <summary>The artifact root of a logged model.</summary>
    /// <param name="location">The experiment's artifact location, a URI.</param>
    /// <param name="modelId">The logged model's id.</param>
    public static string OfLoggedModel(string location, string modelId) => $"{location.TrimEnd('/')}/models/{modelId}/artifacts";

    /// <summary>The run or logged model whose files lie at a path of the server's store, by the layout alone; else the experiment or folder that the path begins with.</summary>
    public static ArtifactOwner OwnerOf(ArtifactPath path)
    {
        var segments = path.Value.Split('/');
        foreach (var segment in segments)
        {
            if (IsId(segment))
            {
                return ArtifactOwner.Run(segment);
            }

            if (segment.StartsWith(LoggedModelPrefix, StringComparison.Ordinal) && IsId(segment.AsSpan(LoggedModelPrefix.Length)))
            {
                return ArtifactOwner.LoggedModel(segment);
            }
        }

        return new(segments[0].All(char.IsAsciiDigit) ? "experiment" : "artifact", segments[0]);
    }

    private static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(HexDigits);
}

/// <summary>What an artifact belongs to.</summary>
/// <param name="ObjectType">The kind of object, as events name it.</param>
/// <param name="ObjectId">Its id.</param>
public readonly record struct ArtifactOwner(string ObjectType, string ObjectId)
{
    /// <summary>A run.</summary>
    public static ArtifactOwner Run(string id) => new("run", id);

    /// <summary>A logged model.</summary>
    public static ArtifactOwner LoggedModel(string id) => new("logged_model", id);

    /// <summary>A version of a registered model.</summary>
    public static ArtifactOwner ModelVersion(string name, int version) =>
        new("model_version", string.Create(CultureInfo.InvariantCulture, $"{name}/{version}"));
}
