namespace Dossier.Client;

/// <summary>Whether a call may be sent again when nobody knows what became of it.</summary>
internal enum Repeat
{
    /// <summary>
    /// Sending it twice leaves the same state and returns the same answer: repeated on lost connections, timeouts and 408, 429, 500, 502, 503, 504.
    /// </summary>
    Safe,

    /// <summary>
    /// Sent twice it would make two, or answer an error although the first one worked: repeated only when the connection was
    /// never made, or when the server reports that it did nothing (429, 503).
    /// </summary>
    OnlyIfNothingHappened,
}
