namespace Dossier.Storage.Webhooks;

/// <summary>How far a delivery has come. The numbers are stored, so they never change.</summary>
internal enum DeliveryState
{
    /// <summary>Waits for its first or next attempt.</summary>
    Waiting = 0,

    /// <summary>The receiver took it.</summary>
    Delivered = 1,

    /// <summary>Is not tried any more.</summary>
    GivenUp = 2,
}
