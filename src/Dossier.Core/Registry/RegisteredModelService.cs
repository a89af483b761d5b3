using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Prompts;
using Dossier.Core.Review;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Registry;

/// <summary>Registered models with their aliases. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where the registry is kept.</param>
/// <param name="access">Who may do what needs more than its route asks for.</param>
/// <param name="aliases">The aliases that are protected.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class RegisteredModelService(IRegistryStore store, AccessService access, ProtectedAliases aliases, TimeProvider clock)
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateRegisteredModel> MayCreate { get; } = Guards.On<CreateRegisteredModel>(
        Need.Of(PermissionLevel.CanCreateRegisteredModel, ObjectKinds.Registry), static (_, _) => ObjectKinds.Registry.Only());

    /// <summary>Creates a registered model.</summary>
    public Task<RegisteredModel> CreateAsync(Granted<CreateRegisteredModel> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var model = message with
        {
            Name = RegistryRules.NewName(message.Name),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RegistryTagValue),
            Description = TextRules.Optional(message.Description, "description", Limits.Description),
            Id = message.Id is null ? null : IdRules.RegisteredModel(message.Id, "id"),
            CreationTimestamp = NumberRules.OptionalTime(message.CreationTimestamp, "creation_timestamp"),
        };
        foreach (var tag in model.Tags!)
        {
            FourEyes.CheckTag(tag);
        }

        return store.CreateModelAsync(model, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetRegisteredModel> MayGet { get; } =
        Guards.On<GetRegisteredModel>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>The model with tags, aliases and latest versions.</summary>
    public async Task<RegisteredModel> GetAsync(Granted<GetRegisteredModel> request, CancellationToken cancellationToken)
    {
        var name = request.Message.Name!;
        return await store.GetModelAsync(name, cancellationToken) ?? throw ObjectKinds.Model.Of(name).Missing();
    }

    /// <summary>The same with its id and what the caller may do with it.</summary>
    public async Task<RegisteredModel> GetDatabricksAsync(Granted<GetRegisteredModel> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var target = ObjectKinds.Model.Of(message.Name!);
        var model = await store.GetModelWithIdAsync(target.Id, cancellationToken);
        var level = await access.LevelAsync(caller, target, cancellationToken);
        return model is null || level is null ? throw target.Missing() : model with { PermissionLevel = level.Value.Name() };
    }

    /// <summary>The guard of <see cref="UpdateAsync"/>.</summary>
    public static Guard<UpdateRegisteredModel> MayUpdate { get; } =
        Guards.On<UpdateRegisteredModel>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name);

    /// <summary>Sets the description; an absent one becomes empty.</summary>
    public Task<RegisteredModel> UpdateAsync(Granted<UpdateRegisteredModel> request, CancellationToken cancellationToken) => store.UpdateModelAsync(
        request.Message.Name!,
        TextRules.Optional(request.Message.Description, "description", Limits.Description) ?? "",
        clock.ChangeBy(request.Caller),
        cancellationToken);

    /// <summary>The guard of <see cref="RenameAsync"/>.</summary>
    public static Guard<RenameRegisteredModel> MayRename { get; } =
        Guards.On<RenameRegisteredModel>(PermissionLevel.CanManage, ObjectKinds.Model, static m => m.Name);

    /// <summary>Renames a model with all that belongs to it.</summary>
    public Task<RegisteredModel> RenameAsync(Granted<RenameRegisteredModel> request, CancellationToken cancellationToken) => store.RenameModelAsync(
        request.Message.Name!, RegistryRules.NewName(request.Message.NewName, "new_name"), clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<RegisteredModelRef> MayDelete { get; } =
        Guards.On<RegisteredModelRef>(PermissionLevel.CanManage, ObjectKinds.Model, static m => m.Name);

    /// <summary>Deletes a model with its versions.</summary>
    public Task DeleteAsync(Granted<RegisteredModelRef> request, CancellationToken cancellationToken) =>
        store.DeleteModelAsync(request.Message.Name!, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="SetTagAsync"/>.</summary>
    public static Guard<SetRegisteredModelTag> MaySetTag { get; } =
        Guards.On<SetRegisteredModelTag>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name);

    /// <summary>Sets a tag.</summary>
    public async Task SetTagAsync(Granted<SetRegisteredModelTag> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var tag = new Tag(KeyRules.Check(message.Key, "key"), TextRules.Present(message.Key!, message.Value, "value", Limits.RegistryTagValue));
        FourEyes.CheckTag(tag);
        await ChangeTagAsync(message.Name!, tag.Key, tag.Value, caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteTagAsync"/>.</summary>
    public static Guard<DeleteRegisteredModelTag> MayDeleteTag { get; } =
        Guards.On<DeleteRegisteredModelTag>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(Granted<DeleteRegisteredModelTag> request, CancellationToken cancellationToken) =>
        ChangeTagAsync(request.Message.Name!, KeyRules.Check(request.Message.Key, "key"), null, request.Caller, cancellationToken);

    /// <summary>The guard of <see cref="SearchAsync"/>.</summary>
    public static Guard<SearchRegistry> MaySearch { get; } = Guards.SignedIn<SearchRegistry>();

    /// <summary>One page of registered models; prompts only when the filter asks for them.</summary>
    public Task<Page<RegisteredModel>> SearchAsync(Granted<SearchRegistry> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (query, prompts) = PromptScopes.Of(SearchSchema.RegisteredModels.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken));
        return store.SearchModelsAsync(query, prompts, caller.Scope, cancellationToken);
    }

    /// <summary>The guard of <see cref="SetAliasAsync"/>.</summary>
    public static Guard<SetModelAlias> MaySetAlias { get; } =
        Guards.On<SetModelAlias>(PermissionLevel.CanManageStagingVersions, ObjectKinds.Model, static m => m.Name);

    /// <summary>Points an alias to a version.</summary>
    public async Task SetAliasAsync(Granted<SetModelAlias> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (name, alias) = (message.Name!, RegistryRules.NewAlias(message.Alias));
        var version = NumberRules.Version(message.Version);
        await access.RequireAsync(caller, ObjectKinds.Model.Of(name), aliases.Needed(alias), cancellationToken);
        await store.SetAliasAsync(name, alias, version, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAliasAsync"/>.</summary>
    public static Guard<DeleteModelAlias> MayDeleteAlias { get; } =
        Guards.On<DeleteModelAlias>(PermissionLevel.CanManageStagingVersions, ObjectKinds.Model, static m => m.Name);

    /// <summary>Deletes an alias.</summary>
    public async Task DeleteAliasAsync(Granted<DeleteModelAlias> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (name, alias) = (message.Name!, RegistryRules.Alias(message.Alias));
        await access.RequireAsync(caller, ObjectKinds.Model.Of(name), aliases.Needed(alias), cancellationToken);
        await store.DeleteAliasAsync(name, alias, clock.ChangeBy(caller), cancellationToken);
    }

    private async Task ChangeTagAsync(string name, string key, string? value, Caller caller, CancellationToken cancellationToken)
    {
        if (key == FourEyes.Tag)
        {
            await access.RequireAsync(caller, ObjectKinds.Model.Of(name), PermissionLevel.CanManage, cancellationToken);
        }

        await store.SetModelTagAsync(name, key, value, clock.ChangeBy(caller), cancellationToken);
    }
}
