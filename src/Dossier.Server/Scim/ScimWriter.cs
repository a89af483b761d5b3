using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Protocol.Scim;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Scim;

/// <summary>Answers with principals as SCIM shows them.</summary>
internal static class ScimWriter
{
    public const string ContentType = "application/scim+json";

    /// <summary>Answers with one resource.</summary>
    public static Task WriteAsync(Call call, ScimKind kind, Principal principal, int status = StatusCodes.Status200OK) => kind.Kind switch
    {
        PrincipalKind.User => WriteAsync(call, User(principal, BaseOf(call)), status),
        PrincipalKind.Group => WriteAsync(call, Group(principal, BaseOf(call)), status),
        _ => WriteAsync(call, ServicePrincipal(principal, BaseOf(call)), status),
    };

    /// <summary>Answers with a page of resources.</summary>
    public static Task WriteAsync(Call call, ScimKind kind, PrincipalPage page, long startIndex) => kind.Kind switch
    {
        PrincipalKind.User => WriteListAsync(call, page, startIndex, User),
        PrincipalKind.Group => WriteListAsync(call, page, startIndex, Group),
        _ => WriteListAsync(call, page, startIndex, ServicePrincipal),
    };

    /// <summary>The path of a resource.</summary>
    public static string Location(Call call, ScimKind kind, Principal principal) => $"{BaseOf(call)}/{kind.Path}/{Id(principal.Id)}";

    private static Task WriteAsync<T>(Call call, T resource, int status)
    {
        var selection = ScimSelection.Of(call);
        return selection.IsWhole
            ? AnswerWriter.WriteAsync(call.Http.Response, resource, status, ContentType)
            : AnswerWriter.WriteAsync(call.Http.Response, selection.Apply(ToJson(resource)), status, ContentType);
    }

    private static Task WriteListAsync<T>(Call call, PrincipalPage page, long startIndex, Func<Principal, string, T> show)
    {
        var path = BaseOf(call);
        var list = new ScimList<T>([ScimSchema.List], page.Total, startIndex, page.Items.Count, [.. page.Items.Select(one => show(one, path))]);
        var selection = ScimSelection.Of(call);
        if (selection.IsWhole)
        {
            return AnswerWriter.WriteAsync(call.Http.Response, list, StatusCodes.Status200OK, ContentType);
        }

        var json = ToJson(list);
        foreach (var resource in json["Resources"]!.AsArray())
        {
            selection.Apply(resource!.AsObject());
        }

        return AnswerWriter.WriteAsync(call.Http.Response, json, StatusCodes.Status200OK, ContentType);
    }

    private static JsonObject ToJson<T>(T value) => JsonSerializer.SerializeToNode(value, WireJson.TypeInfo<T>())!.AsObject();

    private static ScimUser User(Principal user, string path) => new()
    {
        Schemas = [ScimSchema.User],
        Id = Id(user.Id),
        ExternalId = user.ExternalId,
        UserName = user.Name,
        DisplayName = user.DisplayName,
        Name = user.GivenName is null && user.FamilyName is null ? null : new(user.GivenName, user.FamilyName),
        Emails = user.Address is { } address ? [new(address, "work", true)] : null,
        Active = user.Active,
        Groups = References(user.Groups),
        Meta = Meta(user, ScimKind.User, path),
    };

    private static ScimGroup Group(Principal group, string path) => new()
    {
        Schemas = [ScimSchema.Group],
        Id = Id(group.Id),
        ExternalId = group.ExternalId,
        DisplayName = group.Name,
        Members = References(group.Members),
        Groups = References(group.Groups),
        Meta = Meta(group, ScimKind.Group, path),
    };

    private static ScimServicePrincipal ServicePrincipal(Principal program, string path) => new()
    {
        Schemas = [ScimSchema.ServicePrincipal],
        Id = Id(program.Id),
        ExternalId = program.ExternalId,
        ApplicationId = program.Name,
        DisplayName = program.DisplayName,
        Active = program.Active,
        Groups = References(program.Groups),
        Meta = Meta(program, ScimKind.ServicePrincipal, path),
    };

    private static IReadOnlyList<ScimReference>? References(IReadOnlyList<PrincipalRef>? principals) => principals is { Count: > 0 }
        ? [.. principals.Select(one => new ScimReference(Id(one.Id), one.DisplayName ?? one.Name, $"{ScimKind.Of(one.Kind).Path}/{Id(one.Id)}"))]
        : null;

    private static ScimMeta Meta(Principal principal, ScimKind kind, string path) =>
        new(kind.Name, Time(principal.CreatedAt), Time(principal.UpdatedAt), $"{path}/{kind.Path}/{Id(principal.Id)}");

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string BaseOf(Call call)
    {
        var path = call.Http.Request.Path.Value!;
        const string End = "/scim/v2";
        return path[..(path.IndexOf(End, StringComparison.Ordinal) + End.Length)];
    }
}
