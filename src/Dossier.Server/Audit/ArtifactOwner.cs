using System.Buffers;
using System.Globalization;
using Dossier.Core.Artifacts;

namespace Dossier.Server.Audit;

/// <summary>What an artifact that was read belongs to.</summary>
/// <param name="ObjectType">As events name kinds of objects.</param>
/// <param name="ObjectId">Which one.</param>
internal readonly record struct ArtifactOwner(string ObjectType, string ObjectId)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private const int IdLength = 32;
    private const string LoggedModelPrefix = "m-";

    /// <summary>A run.</summary>
    public static ArtifactOwner Run(string id) => new("run", id);

    /// <summary>A logged model.</summary>
    public static ArtifactOwner LoggedModel(string id) => new("logged_model", id);

    /// <summary>A version of a registered model.</summary>
    public static ArtifactOwner ModelVersion(string name, int version) => new("model_version", string.Create(CultureInfo.InvariantCulture, $"{name}/{version}"));

    /// <summary>What a path of the store belongs to, as the store lays it out: <c>…/RUN_ID/artifacts/…</c>, <c>…/models/m-…/artifacts/…</c>; else the experiment or folder it begins with.</summary>
    public static ArtifactOwner Of(ArtifactPath path)
    {
        var segments = path.Value.Split('/');
        foreach (var segment in segments)
        {
            if (IsId(segment))
            {
                return Run(segment);
            }

            if (segment.StartsWith(LoggedModelPrefix, StringComparison.Ordinal) && IsId(segment.AsSpan(LoggedModelPrefix.Length)))
            {
                return LoggedModel(segment);
            }
        }

        return new(segments[0].All(char.IsAsciiDigit) ? "experiment" : "artifact", segments[0]);
    }

    private static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(HexDigits);
}
