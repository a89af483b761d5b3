using Dossier.Protocol;

namespace Dossier.Cli.Commands.Permissions;

/// <summary>A user, group or service principal, as a command line names it. One of the three is set.</summary>
internal sealed record PrincipalName(string? User = null, string? Group = null, string? ServicePrincipal = null)
{
    /// <summary>What command lines may write.</summary>
    public const string Forms = "user:NAME, group:NAME or sp:APPLICATION_ID";

    private const string UserPrefix = "user:";
    private const string GroupPrefix = "group:";
    private const string ServicePrincipalPrefix = "sp:";

    /// <summary>Reads a name; without a prefix only what can't be mistaken: an e-mail address, a UUID, a built-in group.</summary>
    /// <returns>Null when it is unclear who is meant.</returns>
    public static PrincipalName? Parse(string text) => text switch
    {
        _ when After(text, UserPrefix) is { } user => new(User: user),
        _ when After(text, GroupPrefix) is { } group => new(Group: group),
        _ when After(text, ServicePrincipalPrefix) is { } application => new(ServicePrincipal: application),
        "admins" or "users" => new(Group: text),
        _ when Guid.TryParseExact(text, "D", out _) => new(ServicePrincipal: text),
        _ when text.Contains('@', StringComparison.Ordinal) => new(User: text),
        _ => null,
    };

    /// <summary>Why a text is no name.</summary>
    public static string Unclear(string text) => $"'{text}' may be a user or a group: use {UserPrefix}{text} or {GroupPrefix}{text}; a service principal is {ServicePrincipalPrefix}APPLICATION_ID.";

    /// <summary>Who an entry of an answer is about.</summary>
    public static PrincipalName Of(AccessControl entry) => new(entry.UserName, entry.GroupName, entry.ServicePrincipalName);

    /// <summary>The grant of a level to it.</summary>
    public AccessControlRequest Request(string level) =>
        new() { UserName = User, GroupName = Group, ServicePrincipalName = ServicePrincipal, PermissionLevel = level };

    /// <summary>As it may be written again.</summary>
    public override string ToString() =>
        User is not null ? UserPrefix + User : Group is not null ? GroupPrefix + Group : ServicePrincipalPrefix + ServicePrincipal;

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length ? text[prefix.Length..] : null;
}
