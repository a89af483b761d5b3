using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Protocol.Scim;

namespace Dossier.Cli.Commands.Identity;

/// <summary><c>dossier users</c>.</summary>
internal static class UsersCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The user's name" };

    private static readonly Option<string?> DisplayName = new("--display-name") { Description = "The user's display name", HelpName = "TEXT" };

    private static readonly Option<string?> Email = new("--email") { Description = "The e-mail address, if it is not the user name", HelpName = "ADDRESS" };

    /// <summary>The command and what can be done with users.</summary>
    public static Command Create() => new HelpfulCommand(
        "users",
        "Users: people who can sign in (for administrators)",
        "dossier users create ann@example.com --display-name 'Ann Example'",
        "dossier users list --filter 'active eq false'",
        "# Lock a user out at once and keep the grants",
        "dossier users deactivate ann@example.com")
    {
        IdentityList.Of(
            new HelpfulCommand(
                "list",
                "Lists users",
                "dossier users list",
                "dossier users list --filter 'userName sw \"ann\" and active eq true'",
                "dossier users list --columns user_name,email,external_id --format csv"),
            IdentityColumns.Users,
            "users",
            (client, filter, cancellationToken) => client.Users.ListAsync(filter, cancellationToken)),
        ObjectCommand.Of(
            new HelpfulCommand("get", "Shows a user with its groups", "dossier users get ann@example.com", "dossier users get ann@example.com --format json") { Name },
            (client, parsed, cancellationToken) => IdentityLookup.UserAsync(client, parsed.GetRequiredValue(Name), cancellationToken),
            Show),
        ObjectCommand.Of(
            new HelpfulCommand(
                "create",
                "Creates a user, who needs a token or a password to sign in",
                "dossier users create ann@example.com",
                "dossier users create ann --display-name 'Ann Example' --email ann@example.com") { Name, DisplayName, Email },
            (client, parsed, cancellationToken) => client.Users.CreateAsync(
                new()
                {
                    UserName = parsed.GetRequiredValue(Name),
                    DisplayName = parsed.GetValue(DisplayName),
                    Emails = parsed.GetValue(Email) is { } email ? [new(email, "work", true)] : null,
                },
                cancellationToken),
            Show),
        ActionCommand.Of(
            new HelpfulCommand(
                "delete",
                "Deletes a user, with the user's memberships, grants, password and tokens; recorded runs and models stay",
                "dossier users delete ann@example.com") { Name },
            async (client, parsed, cancellationToken) =>
            {
                var user = await IdentityLookup.UserAsync(client, parsed.GetRequiredValue(Name), cancellationToken);
                await client.Users.DeleteAsync(user.Id!, cancellationToken);
                return $"Deleted user {user.UserName}.";
            }),
        SetActive("activate", "Allows a user to sign in again", active: true),
        SetActive("deactivate", "Locks a user out at once; grants and groups are kept", active: false),
    };

    private static Command SetActive(string verb, string description, bool active) => ActionCommand.Of(
        new HelpfulCommand(verb, description, $"dossier users {verb} ann@example.com") { Name },
        async (client, parsed, cancellationToken) =>
        {
            var user = await IdentityLookup.UserAsync(client, parsed.GetRequiredValue(Name), cancellationToken);
            await client.Users.SetActiveAsync(user.Id!, active, cancellationToken);
            return $"User {user.UserName} is {(active ? "active" : "locked out")}.";
        });

    private static void Show(ScimUser user)
    {
        Details.Title("User", user.UserName ?? "");
        Details.Fields(
            ("display_name", user.DisplayName),
            ("given_name", user.Name?.GivenName),
            ("family_name", user.Name?.FamilyName),
            ("email", user.Emails is [var first, ..] ? first.Value : null),
            ("active", IdentityColumns.Truth(user.Active)),
            ("groups", IdentityColumns.Names(user.Groups)),
            ("id", user.Id),
            ("external_id", user.ExternalId),
            ("created", user.Meta?.Created));
    }
}
