using Dossier.Reports.Document;

namespace Dossier.Reports.Writers;

/// <summary>Pictures inside the file itself: a report is one file.</summary>
internal static class PictureUri
{
    // No SVG: it can hold programs.
    private static readonly string[] MediaTypes = ["image/png", "image/jpeg", "image/gif"];

    /// <summary>A <c>data:</c> URI of the picture.</summary>
    /// <exception cref="ArgumentException">It is of another media type.</exception>
    public static string Of(Block.Figure figure) => MediaTypes.Contains(figure.MediaType)
        ? $"data:{figure.MediaType};base64,{Convert.ToBase64String(figure.Content.Span)}"
        : throw new ArgumentException($"A figure's media type must be one of {string.Join(", ", MediaTypes)}, not '{figure.MediaType}'.", nameof(figure));
}
