namespace Dossier.Core.Access;

/// <summary>The kinds of principals. The numbers are stored, so they never change.</summary>
public enum PrincipalKind
{
    /// <summary>A person; named by user name, usually an e-mail address.</summary>
    User = 1,

    /// <summary>A group of principals; named by its display name.</summary>
    Group = 2,

    /// <summary>A program; named by its application id, a UUID.</summary>
    ServicePrincipal = 3,
}
