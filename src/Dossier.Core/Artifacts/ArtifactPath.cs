using System.Text;
using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>
/// A path below an artifact root that cannot leave it: segments joined by <c>/</c>, none empty, none <c>.</c> or <c>..</c>,
/// no backslash, drive, NUL or control character.
/// </summary>
public readonly record struct ArtifactPath
{
    private const int MaxBytes = 2000;
    private const int MaxSegmentBytes = 255;

    private ArtifactPath(string value) => Value = value;

    /// <summary>The root itself.</summary>
    public static ArtifactPath Root { get; } = new("");

    /// <summary>The path, without leading or trailing <c>/</c>; empty for the root.</summary>
    public string Value { get; }

    /// <summary>Reads a path that a client sent, decoded from its URL exactly once.</summary>
    /// <param name="text">The path; null or empty is the root. One trailing <c>/</c> is allowed.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> "Invalid path" for a path that could leave its root.</exception>
    public static ArtifactPath Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Root;
        }

        var path = text.EndsWith('/') ? text[..^1] : text;
        if (Encoding.UTF8.GetByteCount(path) > MaxBytes)
        {
            throw ProtocolException.Invalid($"Invalid path: longer than {MaxBytes} bytes.");
        }

        foreach (var segment in path.Split('/'))
        {
            if (!IsSafe(segment))
            {
                throw ProtocolException.Invalid(
                    "Invalid path: it must be relative, with parts separated by '/', none of them empty, '.' or '..', and without backslashes, drive letters or control characters.");
            }
        }

        return new(path);
    }

    /// <summary>A path below this one.</summary>
    /// <exception cref="ProtocolException">As <see cref="Parse"/>.</exception>
    public ArtifactPath Append(string? relative)
    {
        var tail = Parse(relative);
        return Value.Length == 0 ? tail : tail.Value.Length == 0 ? this : Parse($"{Value}/{tail.Value}");
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsSafe(string segment) =>
        segment.Length > 0
        && segment is not ("." or "..")
        && Encoding.UTF8.GetByteCount(segment) <= MaxSegmentBytes
        && !segment.Any(c => c is '\\' || char.IsControl(c) || char.IsSurrogate(c) && !IsPaired(segment))
        && !(segment.Length == 2 && segment[1] == ':' && char.IsAsciiLetter(segment[0]));

    private static bool IsPaired(string segment)
    {
        foreach (var rune in segment.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
