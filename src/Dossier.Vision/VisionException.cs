namespace Dossier.Vision;

/// <summary>Something from outside cannot be used: a picture, a data set, a checkpoint, an option. The message says what is wrong, where, and what would be right.</summary>
public class VisionException : Exception
{
    /// <summary>With a message for people.</summary>
    public VisionException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for people and its cause.</summary>
    public VisionException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
