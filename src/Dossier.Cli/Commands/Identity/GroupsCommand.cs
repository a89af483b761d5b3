using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Commands.Get;
using Dossier.Cli.Commands.Permissions;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Protocol.Scim;

namespace Dossier.Cli.Commands.Identity;

/// <summary><c>dossier groups</c>.</summary>
internal static class GroupsCommand
{
    private static readonly Argument<string> Name = new("group") { Description = "The group's name" };

    private static readonly Argument<string[]> Members = new("member")
    {
        Description = $"A principal: {PrincipalName.Forms}; e-mail addresses and UUIDs need no prefix",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The command and what can be done with groups.</summary>
    public static Command Create() => new HelpfulCommand(
        "groups",
        "Groups of users, service principals and other groups (for administrators)",
        "dossier groups create inspectors",
        "dossier groups add inspectors ann@example.com group:vision",
        "# Make somebody an administrator",
        "dossier groups add admins ann@example.com")
    {
        IdentityList.Of(
            new HelpfulCommand(
                "list", "Lists groups; 'get' shows their members", "dossier groups list", "dossier groups list --filter 'displayName co \"vision\"' --format json"),
            IdentityColumns.Groups,
            "groups",
            (client, filter, cancellationToken) => client.Groups.ListAsync(filter, cancellationToken)),
        ObjectCommand.Of(
            new HelpfulCommand("get", "Shows a group with its direct members", "dossier groups get inspectors", "dossier groups get admins --format json") { Name },
            (client, parsed, cancellationToken) => IdentityLookup.GroupAsync(client, parsed.GetRequiredValue(Name), cancellationToken),
            Show),
        ObjectCommand.Of(
            new HelpfulCommand("create", "Creates a group", "dossier groups create inspectors") { Name },
            (client, parsed, cancellationToken) => client.Groups.CreateAsync(new() { DisplayName = parsed.GetRequiredValue(Name) }, cancellationToken),
            Show),
        ActionCommand.Of(
            new HelpfulCommand("delete", "Deletes a group, with its grants; its members stay", "dossier groups delete inspectors") { Name },
            async (client, parsed, cancellationToken) =>
            {
                var group = await IdentityLookup.GroupAsync(client, parsed.GetRequiredValue(Name), cancellationToken);
                await client.Groups.DeleteAsync(group.Id!, cancellationToken);
                return $"Deleted group {group.DisplayName}.";
            }),
        Change("add", "Adds members; groups may be in groups, up to 10 levels", "is in", add: true),
        Change("remove", "Removes direct members", "is no longer in", add: false),
    };

    private static Command Change(string verb, string description, string now, bool add) => ActionCommand.Of(
        new HelpfulCommand(
            verb,
            description,
            $"dossier groups {verb} inspectors ann@example.com user:bob group:vision",
            $"dossier groups {verb} robots sp:3f2a9c1e-7d45-4b8a-9a51-0c6de1f7b2aa") { Name, Members },
        async (client, parsed, cancellationToken) =>
        {
            var names = parsed.GetRequiredValue(Members);
            var members = await IdentityLookup.MembersAsync(client, names, cancellationToken);
            var group = await IdentityLookup.GroupAsync(client, parsed.GetRequiredValue(Name), cancellationToken);
            await (add ? client.Groups.AddMembersAsync(group.Id!, members, cancellationToken) : client.Groups.RemoveMembersAsync(group.Id!, members, cancellationToken));
            return $"{string.Join(", ", names)} {now} {group.DisplayName}.";
        });

    private static void Show(ScimGroup group)
    {
        Details.Title("Group", group.DisplayName ?? "");
        Details.Fields(
            ("groups", IdentityColumns.Names(group.Groups)),
            ("id", group.Id),
            ("external_id", group.ExternalId),
            ("created", group.Meta?.Created));
        Details.Section("Members", group.Members, IdentityColumns.Members);
    }
}
