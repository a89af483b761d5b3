using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Scim;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints.Identity;

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
        var identity = routes.Domain.Identity;
        foreach (var kind in new[] { ScimKind.User, ScimKind.Group, ScimKind.ServicePrincipal })
        {
            var (all, one) = (kind.Path, $"{kind.Path}/{{id}}");
            routes.Map(all, Get, IdentityService.MayList, call => new(QueryOf(call, kind)), async (call, request) =>
                await ScimWriter.WriteAsync(call, kind, await identity.ListAsync(request, call.Cancel), request.Message.StartIndex));
            routes.Map(all, Post, IdentityService.MayCreate, call => ReadNewAsync(call, kind), (call, request) => CreateAsync(call, kind, request));
            routes.Map(one, Get, IdentityService.MayGet, call => new(RefOf(call, kind, Id(call, kind))), async (call, request) =>
                await ScimWriter.WriteAsync(call, kind, await identity.GetAsync(request, call.Cancel)));
            routes.Map(one, Put, IdentityService.MayUpdate, call => ReadReplacementAsync(call, kind), (call, request) => UpdateAsync(call, kind, request));
            routes.Map(one, Patch, IdentityService.MayUpdate, call => ReadPatchAsync(call, kind), (call, request) => PatchAsync(call, kind, request));
            routes.Map(one, Delete, IdentityService.MayDelete, call => new(new DeletePrincipal(kind.Kind, Id(call, kind))), DeleteAsync);
        }

        routes.Map("Me", Get, IdentityService.MayGetSelf, static call => new(new GetSelf(ScimSelection.Of(call).Wants("members"))), async (call, request) =>
            await ScimWriter.WriteAsync(call, ScimKind.Of(call.Caller.Kind), await identity.GetSelfAsync(request, call.Cancel)));
    }

    private static PrincipalQuery QueryOf(Call call, ScimKind kind)
    {
        var selection = ScimSelection.Of(call);
        var sortBy = call.Query.Text("sortBy");
        return new(kind.Kind)
        {
            Filter = ScimFilterParser.Parse(call.Query.Text("filter"), kind),
            SortBy = string.IsNullOrEmpty(sortBy) ? PrincipalField.Id : SortField(kind, sortBy),
            Descending = "descending".Equals(call.Query.Text("sortOrder"), StringComparison.OrdinalIgnoreCase),
            StartIndex = Math.Max(1, call.Query.Integer("startIndex") ?? 1),
            Count = (int)Math.Clamp(call.Query.Integer("count") ?? DefaultCount, 0, int.MaxValue),
            WithGroups = selection.Wants("groups"),
            WithMembers = kind.Kind == PrincipalKind.Group && selection.Wants("members"),
        };
    }

    private static GetPrincipal RefOf(Call call, ScimKind kind, long id) => new(kind.Kind, id, ScimSelection.Of(call).Wants("members"));

    private static async ValueTask<CreatePrincipal> ReadNewAsync(Call call, ScimKind kind)
    {
        var body = await ScimBody.ReadAsync(call);
        return new(ScimAttributes.Read(kind, body), kind.Kind == PrincipalKind.Group ? ScimMembers.Read(ScimBody.Member(body, "members")) : []);
    }

    private static async Task CreateAsync(Call call, ScimKind kind, Granted<CreatePrincipal> request)
    {
        var created = await call.Services.Identity.CreateAsync(request, call.Cancel);
        call.Http.Response.Headers.Location = ScimWriter.Location(call, kind, created);
        await AnswerAsync(call, kind, created.Id, StatusCodes.Status201Created);
    }

    private static async ValueTask<UpdatePrincipal> ReadReplacementAsync(Call call, ScimKind kind)
    {
        var id = Id(call, kind);
        var body = await ScimBody.ReadAsync(call);
        var (told, active) = (ScimAttributes.Read(kind, body), ScimBody.Member(body, "active"));
        var members = kind.Kind == PrincipalKind.Group ? MemberChange.To(ScimMembers.Read(ScimBody.Member(body, "members"))) : MemberChange.None;
        return new(
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
            members);
    }

    private static async Task UpdateAsync(Call call, ScimKind kind, Granted<UpdatePrincipal> request)
    {
        await call.Services.Identity.UpdateAsync(request, call.Cancel);
        await AnswerAsync(call, kind, request.Message.Id);
    }

    private static async ValueTask<UpdatePrincipal> ReadPatchAsync(Call call, ScimKind kind)
    {
        var id = Id(call, kind);
        var plan = ScimPatchReader.Read(kind, await ScimBody.ReadAsync(call));
        return new(kind.Kind, id, plan.Edit, plan.Members);
    }

    private static async Task PatchAsync(Call call, ScimKind kind, Granted<UpdatePrincipal> request)
    {
        await call.Services.Identity.UpdateAsync(request, call.Cancel);
        if (kind.Kind == PrincipalKind.Group)
        {
            // Identity providers patch large groups a member at a time, and read no answer.
            call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await AnswerAsync(call, kind, request.Message.Id);
    }

    private static async Task DeleteAsync(Call call, Granted<DeletePrincipal> request)
    {
        await call.Services.Identity.DeleteAsync(request, call.Cancel);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task AnswerAsync(Call call, ScimKind kind, long id, int status = StatusCodes.Status200OK)
    {
        var request = await IdentityService.MayGet.PassAsync(call.Services.Access, call.Caller, RefOf(call, kind, id), call.Cancel);
        await ScimWriter.WriteAsync(call, kind, await call.Services.Identity.GetAsync(request, call.Cancel), status);
    }

    private static PrincipalField SortField(ScimKind kind, string attribute) => kind.Field(ScimFilterParser.Plain(attribute)) is { } field and not PrincipalField.Member
        ? field
        : throw ScimErrors.Of("invalidValue", $"'sortBy' can't be '{TextRules.Excerpt(attribute)}'; there are {kind.Fields}.");

    private static long Id(Call call, ScimKind kind) =>
        long.TryParse(call.Route("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw ProtocolException.NotFound($"No resource of {kind.Path} has the id '{TextRules.Excerpt(call.Route("id"))}'.");
}
