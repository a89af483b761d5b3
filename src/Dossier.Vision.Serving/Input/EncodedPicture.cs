namespace Dossier.Vision.Serving.Input;

/// <summary>How a picture lies in the body.</summary>
internal enum PictureEncoding
{
    /// <summary>As the file's bytes.</summary>
    Bytes,

    /// <summary>As Base64, perhaps as a data URI.</summary>
    Base64,

    /// <summary>As <see cref="Base64"/>, in a JSON string with escapes.</summary>
    EscapedBase64,
}

/// <summary>A picture of a request, as it came.</summary>
/// <param name="Slice">Its place in the body; it may be written to.</param>
/// <param name="Encoding">How it lies there.</param>
/// <param name="Field">The list or part it came in, e.g. <c>dataframe_records</c>.</param>
/// <param name="Row">Its row there, from 0; -1 where there are no rows.</param>
/// <param name="Column">What follows the row in a JSON path, e.g. <c>.data</c>.</param>
internal readonly record struct EncodedPicture(Memory<byte> Slice, PictureEncoding Encoding, string Field, int Row = -1, string Column = "")
{
    /// <summary>What errors call it, e.g. <c>dataframe_records[3].data</c>.</summary>
    public string Place => Row < 0 ? Field : $"{Field}[{Row}]{Column}";
}
