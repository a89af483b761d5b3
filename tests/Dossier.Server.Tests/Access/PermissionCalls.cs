using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

/// <summary>Calls of the permissions API, and its answers as short text.</summary>
internal static class PermissionCalls
{
    public const string Path = "/api/2.0/permissions/";

    public static Task<Answer> PermissionsAsync(this Api who, string target) => who.SendAsync(HttpMethod.Get, Path + target);

    /// <summary>Grants as <c>user:ann=CAN_EDIT</c>, <c>group:data=…</c>, <c>sp:ID=…</c>.</summary>
    public static Task<Answer> PatchAsync(this Api who, string target, params string[] grants) => who.SendAsync(HttpMethod.Patch, Path + target, Body(grants));

    public static Task<Answer> PutAsync(this Api who, string target, params string[] grants) => who.SendAsync(HttpMethod.Put, Path + target, Body(grants));

    /// <summary>An answer's list: <c>user:ann=CAN_MANAGE; group:data=CAN_EDIT from /directories/7</c>.</summary>
    public static string Grants(this Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return string.Join("; ", answer.Json.GetProperty("access_control_list").EnumerateArray().Select(entry => $"{Principal(entry)}={string.Join(",", entry.GetProperty("all_permissions").EnumerateArray().Select(Level))}"));
    }

    /// <summary>What an answer says of one principal; empty if nothing.</summary>
    public static string GrantsOf(this Answer answer, string principal) =>
        answer.Grants().Split("; ").FirstOrDefault(grant => grant.StartsWith(principal + "=", StringComparison.Ordinal)) is { } found ? found[(principal.Length + 1)..] : "";

    public static string Refused(this Answer answer, HttpStatusCode status, string errorCode)
    {
        Assert.True(answer.Status == status && answer.ErrorCode == errorCode, answer.ToString());
        return answer.Message;
    }

    public static string Refused(this Answer answer, string errorCode) => answer.Refused((HttpStatusCode)Dossier.Protocol.ErrorCode.StatusOf(errorCode), errorCode);

    /// <summary>Creates an experiment and gives it as the permissions API names it.</summary>
    public static async Task<string> ExperimentAsync(this Api who, string name)
    {
        var made = await who.PostAsync("experiments/create", JsonSerializer.Serialize(new { name }));
        Assert.True(made.Status == HttpStatusCode.OK, made.ToString());
        return $"experiments/{made.Json.GetProperty("experiment_id").GetString()}";
    }

    /// <summary>Registers a model and gives it as the permissions API names it.</summary>
    public static async Task<string> ModelAsync(this Api who, string name)
    {
        var made = await who.PostAsync("registered-models/create", JsonSerializer.Serialize(new { name }));
        Assert.True(made.Status == HttpStatusCode.OK, made.ToString());
        return $"registered-models/{(await who.GetAsync($"databricks/registered-models/get?name={name}")).Json.GetProperty("registered_model_databricks").GetProperty("id").GetString()}";
    }

    /// <summary>Makes a directory and gives it as the permissions API names it.</summary>
    public static async Task<string> DirectoryAsync(this Api who, string path)
    {
        var made = await who.SendAsync(HttpMethod.Post, "/api/2.0/workspace/mkdirs", JsonSerializer.Serialize(new { path }));
        Assert.True(made.Status == HttpStatusCode.OK, made.ToString());
        return $"directories/{(await who.StatusAsync(path)).Json.GetProperty("object_id").GetInt64()}";
    }

    public static Task<Answer> StatusAsync(this Api who, string path) => who.SendAsync(HttpMethod.Get, $"/api/2.0/workspace/get-status?path={Uri.EscapeDataString(path)}");

    public static Task<Answer> ListAsync(this Api who, string path) => who.SendAsync(HttpMethod.Get, $"/api/2.0/workspace/list?path={Uri.EscapeDataString(path)}");

    private static string Body(string[] grants) => JsonSerializer.Serialize(new { access_control_list = grants.Select(Request) });

    private static Dictionary<string, string> Request(string grant)
    {
        var (principal, level) = (grant[..grant.LastIndexOf('=')], grant[(grant.LastIndexOf('=') + 1)..]);
        var field = principal.Split(':')[0] switch
        {
            "user" => "user_name",
            "group" => "group_name",
            _ => "service_principal_name",
        };
        return new() { [field] = principal[(principal.IndexOf(':', StringComparison.Ordinal) + 1)..], ["permission_level"] = level };
    }

    private static string Principal(JsonElement entry) =>
        entry.TryGetProperty("user_name", out var user) ? $"user:{user}"
        : entry.TryGetProperty("group_name", out var group) ? $"group:{group}"
        : $"sp:{entry.GetProperty("service_principal_name")}";

    private static string Level(JsonElement level)
    {
        Assert.Equal(level.GetProperty("inherited").GetBoolean(), level.TryGetProperty("inherited_from_object", out var from));
        return level.GetProperty("permission_level").GetString() + (from.ValueKind == JsonValueKind.Undefined ? "" : $" from {string.Join(" ", from.EnumerateArray())}");
    }
}
