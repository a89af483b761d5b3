using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dossier.Durability.Tests;

/// <summary>The few calls of the REST API that the stories make.</summary>
internal static class Api
{
    private const string Root = "/api/2.0/mlflow/";

    /// <summary>Sends a write. Its answer is its acknowledgement.</summary>
    /// <exception cref="HttpRequestException">The server is gone: nobody knows whether the write was kept.</exception>
    public static async Task<JsonElement> WriteAsync(this HttpClient client, string route, object body)
    {
        using var answer = await client.PostAsJsonAsync(Root + route, body);
        return await ReadAsync(answer, route);
    }

    /// <summary>Reads; null where the server says that it is not there.</summary>
    public static async Task<JsonElement?> ReadAsync(this HttpClient client, string route, params (string Key, string Value)[] query)
    {
        var uri = $"{Root}{route}?{string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}";
        using var answer = await client.GetAsync(new Uri(uri, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(answer, route);
    }

    /// <summary>The items of a list; none where it is left out.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement answer, string list) =>
        answer.TryGetProperty(list, out var items) ? items.EnumerateArray() : [];

    /// <summary>A field's text.</summary>
    public static string Text(this JsonElement answer, string field) => answer.GetProperty(field).GetString()!;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, string route)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{route} was answered {(int)answer.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }
}
