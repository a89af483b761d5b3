using Dossier.Protocol;

namespace Dossier.Core.Tests;

/// <summary>Runs what must be refused and gives the message.</summary>
internal static class Refused
{
    public static string With(string errorCode, Action call)
    {
        var error = Assert.Throws<ProtocolException>(call);
        Assert.Equal(errorCode, error.ErrorCode);
        return error.Message;
    }

    public static string AsInvalid(Action call) => With(ErrorCode.InvalidParameterValue, call);
}
