using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Permissions;

/// <summary>An explanation in sentences.</summary>
internal static class ExplanationText
{
    private const string Nothing = "NO_PERMISSIONS";

    /// <summary>The sentences, one a line.</summary>
    /// <param name="target">The object, as it was typed.</param>
    /// <param name="explanation">The answer.</param>
    /// <param name="managers">Who could grant what is missing.</param>
    public static List<string> Lines(string target, PermissionExplanation explanation, IReadOnlyList<string> managers)
    {
        var principal = new PrincipalName(explanation.UserName, ServicePrincipal: explanation.ServicePrincipalName).ToString();
        var who = explanation.UserName ?? explanation.ServicePrincipalName ?? "";
        var lines = new List<string> { Verdict(target, principal, explanation) };
        if (!explanation.Active)
        {
            lines.Add($"  {principal} is deactivated and cannot sign in, whatever it was granted.");
        }

        if (explanation.Administrator)
        {
            lines.Add("  Members of the group admins manage everything.");
        }

        lines.AddRange((explanation.Grants ?? []).Select(grant => "  " + Because(target, who, grant)));
        if (explanation is { Allowed: false, Active: true })
        {
            lines.Add($"To grant it: dossier permissions grant {target} {principal}={explanation.AskedLevel}");
            lines.Add($"which takes CAN_MANAGE, as these have it: {string.Join(", ", managers)}");
        }

        return lines;
    }

    private static string Verdict(string target, string principal, PermissionExplanation explanation)
    {
        var has = explanation.PermissionLevel == Nothing ? "nothing" : explanation.PermissionLevel;
        return explanation.Allowed switch
        {
            true => $"yes: {principal} has {has} on {target}, and {explanation.AskedLevel} was asked for.",
            false => $"no: {principal} has {has} on {target}, and {explanation.AskedLevel} is missing.",
            null => $"{principal} has {has} on {target}.",
        };
    }

    private static string Because(string target, string who, GrantPath grant)
    {
        var holder = grant.ThroughGroups is { Count: > 0 } groups
            ? $"group {groups[0]} ({string.Join(" → ", groups.Reverse().Prepend(who))})"
            : who;
        var where = grant.Inherited ? $"{grant.ObjectName} by {Granted(grant)}; {target} inherits it from {grant.ObjectId}" : $"{target} itself by {Granted(grant)}";
        return $"{grant.PermissionLevel}, because {holder} was granted it on {where}.";
    }

    private static string Granted(GrantPath grant) => $"{grant.GrantedBy} on {Human.Minute(grant.GrantedAt)}";
}
