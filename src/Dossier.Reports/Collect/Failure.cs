using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>How a failed call is recorded in the data document, in place of what it should have returned.</summary>
internal static class Failure
{
    public static JsonObject Of(ProtocolException exception) => new()
    {
        ["message"] = new JsonString(exception.Message),
        ["error_code"] = new JsonString(exception.ErrorCode),
        ["http_status_code"] = JsonValue.Of(exception.StatusCode),
    };

    /// <summary>The form that permissions have always had; the member's name is that of data documents made so far.</summary>
    public static JsonObject OfPermissions(ProtocolException exception) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = new JsonString(exception.Message),
            ["MlflowReportsException"] = Of(exception),
        },
    };

    /// <summary>What a call returns, or the record of its failure.</summary>
    public static async Task<JsonValue> OrRecordAsync(Func<Task<JsonValue>> call, Func<ProtocolException, JsonValue> record)
    {
        try
        {
            return await call();
        }
        catch (ProtocolException exception)
        {
            return record(exception);
        }
    }
}
