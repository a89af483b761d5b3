using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>Lists of <c>{"key", "value"}</c>, the protocol's form of params, metrics and tags.</summary>
internal static class KeyValueList
{
    /// <summary>
    /// The list as an object: a repeated key takes its last value in its first position. What is an object already stays; elements of
    /// another form are left out; anything else is null.
    /// </summary>
    public static RecordObject? ToObject(RecordValue? list) => list switch
    {
        RecordObject members => members,
        RecordList array => new RecordObject(
            from item in array.OfType<RecordObject>()
            let key = item["key"]
            where key is not null
            select KeyValuePair.Create(PythonText.Of(key), item["value"] ?? RecordNull.Value)),
        _ => null,
    };

    /// <summary>Turns the member <c>tags</c> into an object at the end of its parent; an empty one is left out.</summary>
    public static void MoveTags(RecordObject parent)
    {
        if (parent.Take("tags") is { } list && ToObject(list) is { IsEmpty: false } tags)
        {
            parent["tags"] = tags;
        }
    }
}
