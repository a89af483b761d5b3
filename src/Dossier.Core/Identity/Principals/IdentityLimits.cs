namespace Dossier.Core.Identity;

/// <summary>How many principals and memberships there may be: what Databricks publishes for a workspace.</summary>
public static class IdentityLimits
{
    /// <summary>Users and service principals together.</summary>
    public const int UsersAndServicePrincipals = 10_000;

    /// <summary>Groups.</summary>
    public const int Groups = 5000;

    /// <summary>The groups that one principal is directly in.</summary>
    public const int GroupsOfMember = 1500;

    /// <summary>Groups in groups: the longest way from a group down to one without groups in it, both counted.</summary>
    public const int Levels = 10;
}
