using System.Text.Json;

namespace Dossier.Bench.Http;

/// <summary>Reads the parts of answers that checks look at.</summary>
public static class JsonAnswers
{
    /// <summary>How many items a list of the answer holds; 0 where it is left out, as the protocol leaves out empty lists.</summary>
    public static int Count(this JsonElement answer, string list) => answer.TryGetProperty(list, out var items) ? items.GetArrayLength() : 0;

    /// <summary>The token of the next page, or null on the last page.</summary>
    public static string? NextPage(this JsonElement answer) =>
        answer.TryGetProperty("next_page_token", out var token) && token.GetString() is { Length: > 0 } text ? text : null;
}
