using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>How a failed call is recorded in the data document, in place of what it should have returned.</summary>
internal static class Failure
{
    public static RecordObject Of(ProtocolException exception) => new()
    {
        ["message"] = new RecordText(exception.Message),
        ["error_code"] = new RecordText(exception.ErrorCode),
        ["http_status_code"] = RecordValue.Of(exception.StatusCode),
    };

    /// <summary>The form that permissions have always had; the member's name is that of data documents made so far.</summary>
    public static RecordObject OfPermissions(ProtocolException exception) => new()
    {
        ["error"] = new RecordObject
        {
            ["message"] = new RecordText(exception.Message),
            ["MlflowReportsException"] = Of(exception),
        },
    };

    /// <summary>What a call returns, or the record of its failure.</summary>
    public static async Task<RecordValue> OrRecordAsync(Func<Task<RecordValue>> call, Func<ProtocolException, RecordValue> record)
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
