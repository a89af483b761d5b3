using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Dossier.Server.Scim;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Users, groups and service principals by SCIM 2.0: <c>…/scim/v2/…</c>.</summary>
internal static class ScimEndpoints
{
    private const int DefaultCount = 100;
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Put = [HttpMethods.Put];
    private static readonly string[] Patch = [HttpMethods.Patch];
    private static readonly string[] Delete = [HttpMethods.Delete];

    public static void Map(Routes routes)
    {
        foreach (var kind in new[] { ScimKind.User, ScimKind.Group, ScimKind.ServicePrincipal })
        {
            var (all, one) = (kind.Path, $"{kind.Path}/{{id}}");
            routes.Map(all, Get, Need.Admin, call => ListAsync(call, kind));
            routes.Map(all, Post, Need.Admin, call => CreateAsync(call, kind));
            routes.Map(one, Get, Need.Admin, call => GetAsync(call, kind));
            routes.Map(one, Put, Need.Admin, call => ReplaceAsync(call, kind));
            routes.Map(one, Patch, Need.Admin, call => PatchAsync(call, kind));
            routes.Map(one, Delete, Need.Admin, call => DeleteAsync(call, kind));
        }

        routes.Map("Me", Get, Need.ReadableOnly, MeAsync);
    }

    private static async Task ListAsync(Call call, ScimKind kind)
    {
        var selection = ScimSelection.Of(call);
        var sortBy = call.Query.Text("sortBy");
        var query = new PrincipalQuery(kind.Kind)
        {
            Filter = ScimFilterParser.Parse(call.Query.Text("filter"), kind),
            SortBy = string.IsNullOrEmpty(sortBy) ? PrincipalField.Id : SortField(kind, sortBy),
            Descending = "descending".Equals(call.Query.Text("sortOrder"), StringComparison.OrdinalIgnoreCase),
            StartIndex = Math.Max(1, call.Query.Integer("startIndex") ?? 1),
            Count = (int)Math.Clamp(call.Query.Integer("count") ?? DefaultCount, 0, int.MaxValue),
            WithGroups = selection.Wants("groups"),
            WithMembers = kind.Kind == PrincipalKind.Group && selection.Wants("members"),
        };
        await ScimWriter.WriteAsync(call, kind, await call.Services.Identity.ListAsync(query, call.Cancel), query.StartIndex);
    }

    private static async Task CreateAsync(Call call, ScimKind kind)
    {
        var body = await ScimBody.ReadAsync(call);
        var members = kind.Kind == PrincipalKind.Group ? ScimMembers.Read(ScimBody.Member(body, "members")) : [];
        var created = await call.Services.Identity.CreateAsync(ScimAttributes.Read(kind, body), members, call.Caller, call.Cancel);
        call.Http.Response.Headers.Location = ScimWriter.Location(call, kind, created);
        await AnswerAsync(call, kind, created.Id, StatusCodes.Status201Created);
    }

    private static Task GetAsync(Call call, ScimKind kind) => AnswerAsync(call, kind, Id(call, kind));

    private static async Task ReplaceAsync(Call call, ScimKind kind)
    {
        var id = Id(call, kind);
        var body = await ScimBody.ReadAsync(call);
        var (told, active) = (ScimAttributes.Read(kind, body), ScimBody.Member(body, "active"));
        var members = kind.Kind == PrincipalKind.Group ? MemberChange.To(ScimMembers.Read(ScimBody.Member(body, "members"))) : MemberChange.None;
        await call.Services.Identity.UpdateAsync(
            kind.Kind,
            id,
            before => before with
            {
                Name = told.Name.Length == 0 ? before.Name : told.Name,
                DisplayName = told.DisplayName,
                GivenName = told.GivenName,
                FamilyName = told.FamilyName,
                Email = told.Email,
                ExternalId = told.ExternalId,

                // Who is locked out does not come back because somebody forgot to say so.
                Active = active is null ? before.Active : told.Active,
            },
            members,
            call.Caller,
            call.Cancel);
        await AnswerAsync(call, kind, id);
    }

    private static async Task PatchAsync(Call call, ScimKind kind)
    {
        var id = Id(call, kind);
        var plan = ScimPatchReader.Read(kind, await ScimBody.ReadAsync(call));
        await call.Services.Identity.UpdateAsync(kind.Kind, id, plan.Edit, plan.Members, call.Caller, call.Cancel);
        if (kind.Kind == PrincipalKind.Group)
        {
            // Identity providers patch large groups a member at a time, and read no answer.
            call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await AnswerAsync(call, kind, id);
    }

    private static async Task DeleteAsync(Call call, ScimKind kind)
    {
        await call.Services.Identity.DeleteAsync(kind.Kind, Id(call, kind), call.Caller, call.Cancel);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task MeAsync(Call call) => AnswerAsync(call, ScimKind.Of(call.Caller.Kind), call.Caller.Id);

    private static async Task AnswerAsync(Call call, ScimKind kind, long id, int status = StatusCodes.Status200OK) => await ScimWriter.WriteAsync(
        call, kind, await call.Services.Identity.GetAsync(kind.Kind, id, ScimSelection.Of(call).Wants("members"), call.Cancel), status);

    private static PrincipalField SortField(ScimKind kind, string attribute) => kind.Field(ScimFilterParser.Plain(attribute)) is { } field and not PrincipalField.Member
        ? field
        : throw ScimErrors.Of("invalidValue", $"'sortBy' can't be '{TextRules.Excerpt(attribute)}'; there are {kind.Fields}.");

    private static long Id(Call call, ScimKind kind) =>
        long.TryParse(call.Route("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw ProtocolException.NotFound($"No resource of {kind.Path} has the id '{TextRules.Excerpt(call.Route("id"))}'.");
}
