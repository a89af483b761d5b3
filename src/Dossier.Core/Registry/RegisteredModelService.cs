using Dossier.Core.Access;
using Dossier.Core.Audit;
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

    /// <summary>Creates a registered model.</summary>
    public Task<RegisteredModel> CreateAsync(CreateRegisteredModel message, Caller caller, CancellationToken cancel)
    {
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

        return store.CreateModelAsync(model, clock.ChangeBy(caller), cancel);
    }

    /// <summary>The model with tags, aliases and latest versions.</summary>
    public async Task<RegisteredModel> GetAsync(string? name, CancellationToken cancel)
    {
        var text = RegistryRules.Name(name);
        return await store.GetModelAsync(text, cancel) ?? throw ProtocolException.NotFound($"Registered Model with name={text} not found");
    }

    /// <summary>The same with its id and what the caller may do with it.</summary>
    public async Task<RegisteredModel> GetDatabricksAsync(string? name, Caller caller, CancellationToken cancel)
    {
        var target = ObjectKinds.Model.Of(RegistryRules.Name(name));
        var model = await store.GetModelWithIdAsync(target.Id, cancel);
        var level = await access.LevelAsync(caller, target, cancel);
        return model is null || level is null ? throw target.Missing() : model with { PermissionLevel = level.Value.Name() };
    }

    /// <summary>Sets the description; an absent one becomes empty.</summary>
    public Task<RegisteredModel> UpdateAsync(UpdateRegisteredModel message, Caller caller, CancellationToken cancel) => store.UpdateModelAsync(
        RegistryRules.Name(message.Name),
        TextRules.Optional(message.Description, "description", Limits.Description) ?? "",
        clock.ChangeBy(caller),
        cancel);

    /// <summary>Renames a model with all that belongs to it.</summary>
    public Task<RegisteredModel> RenameAsync(RenameRegisteredModel message, Caller caller, CancellationToken cancel) => store.RenameModelAsync(
        RegistryRules.Name(message.Name), RegistryRules.NewName(message.NewName, "new_name"), clock.ChangeBy(caller), cancel);

    /// <summary>Deletes a model with its versions.</summary>
    public Task DeleteAsync(RegisteredModelRef message, Caller caller, CancellationToken cancel) =>
        store.DeleteModelAsync(RegistryRules.Name(message.Name), clock.ChangeBy(caller), cancel);

    /// <summary>Sets a tag.</summary>
    public async Task SetTagAsync(SetRegisteredModelTag message, Caller caller, CancellationToken cancel)
    {
        var tag = new Tag(KeyRules.Check(message.Key, "key"), TextRules.Present(message.Key!, message.Value, "value", Limits.RegistryTagValue));
        FourEyes.CheckTag(tag);
        await ChangeTagAsync(RegistryRules.Name(message.Name), tag.Key, tag.Value, caller, cancel);
    }

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(DeleteRegisteredModelTag message, Caller caller, CancellationToken cancel) =>
        ChangeTagAsync(RegistryRules.Name(message.Name), KeyRules.Check(message.Key, "key"), null, caller, cancel);

    /// <summary>One page of registered models; prompts only when the filter asks for them.</summary>
    public Task<Page<RegisteredModel>> SearchAsync(SearchRegistry message, Caller caller, CancellationToken cancel)
    {
        var query = SearchSchema.RegisteredModels.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken);
        return store.SearchModelsAsync(Prompts.LeaveOut(query), caller.Scope, cancel);
    }

    /// <summary>Points an alias to a version.</summary>
    public async Task SetAliasAsync(SetModelAlias message, Caller caller, CancellationToken cancel)
    {
        var (name, alias) = (RegistryRules.Name(message.Name), RegistryRules.NewAlias(message.Alias));
        var version = NumberRules.Version(message.Version);
        await access.RequireAsync(caller, ObjectKinds.Model.Of(name), aliases.Needed(alias), cancel);
        await store.SetAliasAsync(name, alias, version, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes an alias.</summary>
    public async Task DeleteAliasAsync(DeleteModelAlias message, Caller caller, CancellationToken cancel)
    {
        var (name, alias) = (RegistryRules.Name(message.Name), RegistryRules.Alias(message.Alias));
        await access.RequireAsync(caller, ObjectKinds.Model.Of(name), aliases.Needed(alias), cancel);
        await store.DeleteAliasAsync(name, alias, clock.ChangeBy(caller), cancel);
    }

    private async Task ChangeTagAsync(string name, string key, string? value, Caller caller, CancellationToken cancel)
    {
        if (key == FourEyes.Tag)
        {
            await access.RequireAsync(caller, ObjectKinds.Model.Of(name), PermissionLevel.CanManage, cancel);
        }

        await store.SetModelTagAsync(name, key, value, clock.ChangeBy(caller), cancel);
    }
}
