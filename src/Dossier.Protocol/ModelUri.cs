using System.Text.RegularExpressions;

namespace Dossier.Protocol;

/// <summary>
/// What a model is called by: <c>models:/name/7</c>, <c>models:/name/Production</c>, <c>models:/name/latest</c>,
/// <c>models:/name@alias</c>, <c>models:/m-…</c>, <c>runs:/run/path</c>, <c>data:file.json</c> or an artifact URI.
/// </summary>
/// <param name="Text">The URI as it was typed.</param>
public abstract partial record ModelUri(string Text)
{
    private const int MaxLength = 4096;

    private const string Forms =
        "models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest, models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, "
        + "data:FILE.json or an artifact URI such as s3://bucket/path";

    private static readonly string[] Stages = ["None", "Staging", "Production", "Archived"];

    /// <summary>A version of a registered model by its number.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="Name">The registered model.</param>
    /// <param name="Number">The version's digits.</param>
    public sealed record OfVersion(string Text, string Name, string Number) : ModelUri(Text);

    /// <summary>The latest version of a registered model in a stage.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="Name">The registered model.</param>
    /// <param name="Stage"><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>, spelled like that.</param>
    public sealed record OfStage(string Text, string Name, string Stage) : ModelUri(Text);

    /// <summary>The highest version of a registered model.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="Name">The registered model.</param>
    public sealed record OfLatest(string Text, string Name) : ModelUri(Text);

    /// <summary>The version of a registered model that an alias points to.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="Name">The registered model.</param>
    /// <param name="Alias">The alias.</param>
    public sealed record OfAlias(string Text, string Name, string Alias) : ModelUri(Text);

    /// <summary>A logged model of MLflow 3.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="ModelId">Its id, <c>m-…</c>.</param>
    public sealed record OfLoggedModel(string Text, string ModelId) : ModelUri(Text);

    /// <summary>A model inside a run's artifacts.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="RunId">The run.</param>
    /// <param name="Path">The path below the run's artifact root, without slashes at its ends; empty for the root.</param>
    public sealed record OfRun(string Text, string RunId, string Path) : ModelUri(Text)
    {
        /// <summary>
        /// The path below a logged model of this name, which 3.x clients keep outside the run: empty for the model itself, null when
        /// the URI names something else.
        /// </summary>
        /// <param name="modelName">The name of a logged model that the run made.</param>
        public string? PathBelow(string modelName)
        {
            ArgumentNullException.ThrowIfNull(modelName);
            return modelName.Length > 0 && (Path == modelName || Path.StartsWith(modelName + "/", StringComparison.Ordinal))
                ? Path[modelName.Length..].TrimStart('/')
                : null;
        }
    }

    /// <summary>A data document on disk; no server is asked.</summary>
    /// <param name="Text">The URI.</param>
    /// <param name="File">The file: <c>data:/</c>, or else <c>data:</c>, is cut off, so an absolute path is written <c>data://abs/path</c>.</param>
    public sealed record OfData(string Text, string File) : ModelUri(Text);

    /// <summary>A model at an artifact URI of its own.</summary>
    /// <param name="Text">The URI.</param>
    public sealed record OfArtifact(string Text) : ModelUri(Text);

    /// <summary>Reads a model URI.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: the message says which form would be right.</exception>
    public static ModelUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw Invalid(text[..60] + "…", "it is longer than 4096 characters");
        }

        var scheme = Scheme().Match(text);
        return scheme.Value.ToLowerInvariant() switch
        {
            "" => throw Invalid(text, "it has no scheme; use " + Forms),
            "models:" => ParseModels(text, scheme.Length),
            "runs:" => ParseRuns(text, scheme.Length),
            "data:" => ParseData(text, scheme.Length),
            _ when text.Length == scheme.Length => throw Invalid(text, "nothing follows the scheme; use " + Forms),
            _ => new OfArtifact(text),
        };
    }

    /// <summary>Reads a text that may be a model URI; null when it is not one.</summary>
    public static ModelUri? TryParse(string? text)
    {
        try
        {
            return text is null ? null : Parse(text);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    private static ModelUri ParseModels(string text, int start)
    {
        var parts = PathAfter(text, start, "models:/NAME/VERSION").TrimEnd('/').Split('/');
        if (parts.Length > 2 || parts[0].Length == 0)
        {
            throw Invalid(text, "use models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest or models:/NAME@ALIAS");
        }

        return parts.Length == 1 ? ParseSingle(text, parts[0]) : ParseVersion(text, parts[0], parts[1]);
    }

    private static ModelUri ParseSingle(string text, string part)
    {
        var at = part.LastIndexOf('@');
        if (at > 0 && at < part.Length - 1)
        {
            return new OfAlias(text, part[..at], part[(at + 1)..]);
        }

        return at < 0 && LoggedModelId().IsMatch(part)
            ? new OfLoggedModel(text, part)
            : throw Invalid(text, at < 0
                ? "it has no version: use models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest or models:/NAME@ALIAS"
                : "use models:/NAME@ALIAS for an alias");
    }

    private static ModelUri ParseVersion(string text, string name, string which)
    {
        if (VersionNumber().IsMatch(which))
        {
            return new OfVersion(text, name, which);
        }

        if (which.Equals("latest", StringComparison.OrdinalIgnoreCase))
        {
            return new OfLatest(text, name);
        }

        var stage = Stages.FirstOrDefault(known => known.Equals(which, StringComparison.OrdinalIgnoreCase));
        return stage is not null
            ? new OfStage(text, name, stage)
            : throw Invalid(text, $"'{which}' is neither a version (1, 2, …) nor a stage (None, Staging, Production, Archived) nor latest; use models:/NAME@ALIAS for an alias");
    }

    private static OfRun ParseRuns(string text, int start)
    {
        var path = PathAfter(text, start, "runs:/RUN_ID/PATH").TrimEnd('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var runId = slash < 0 ? path : path[..slash];
        var below = slash < 0 ? "" : path[(slash + 1)..].Trim('/');
        if (runId.Length == 0)
        {
            throw Invalid(text, "use runs:/RUN_ID/PATH, e.g. runs:/815123f2db9b49cdb9790c6a0371a4da/model");
        }

        return below.Split('/').Any(segment => segment is "." or "..")
            ? throw Invalid(text, "the path must not contain . or ..")
            : new OfRun(text, runId, below);
    }

    private static OfData ParseData(string text, int start)
    {
        var file = text[start..];
        file = file.StartsWith('/') ? file[1..] : file;
        return file.Length == 0 || file.Contains('\0', StringComparison.Ordinal)
            ? throw Invalid(text, "use data:FILE.json for a data document, data://abs/FILE.json for an absolute path")
            : new OfData(text, file);
    }

    private static string PathAfter(string text, int start, string form) =>
        text.Length > start && text[start] == '/' && !text.AsSpan(start).StartsWith("//")
            ? text[(start + 1)..]
            : throw Invalid(text, $"one slash must follow the scheme: {form}");

    private static ProtocolException Invalid(string text, string why) =>
        ProtocolException.Invalid($"Invalid model URI '{text}': {why}.");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+:")]
    private static partial Regex Scheme();

    [GeneratedRegex("^m-[A-Za-z0-9_-]{1,250}$")]
    private static partial Regex LoggedModelId();

    [GeneratedRegex("^[1-9][0-9]{0,9}$")]
    private static partial Regex VersionNumber();
}
