namespace Dossier.Core.Identity;

/// <summary>What a list of principals is narrowed to.</summary>
public abstract record PrincipalFilter
{
    private PrincipalFilter()
    {
    }

    /// <summary>Both.</summary>
    public sealed record And(PrincipalFilter Left, PrincipalFilter Right) : PrincipalFilter;

    /// <summary>Either, or both.</summary>
    public sealed record Or(PrincipalFilter Left, PrincipalFilter Right) : PrincipalFilter;

    /// <summary>A comparison. Texts are compared without regard to case, but for <see cref="PrincipalField.Id"/> and <see cref="PrincipalField.ExternalId"/>.
    /// A missing value equals nothing, contains nothing and starts with nothing.</summary>
    /// <param name="Field">The field to compare.</param>
    /// <param name="Operator">How.</param>
    /// <param name="Value">With what; <c>true</c> or <c>false</c> for <see cref="PrincipalField.Active"/>.</param>
    public sealed record Compare(PrincipalField Field, PrincipalOperator Operator, string Value) : PrincipalFilter;
}

/// <summary>What principals are found and sorted by.</summary>
public enum PrincipalField
{
    /// <summary>The id, as text.</summary>
    Id,

    /// <summary>The name.</summary>
    Name,

    /// <summary>How people call it.</summary>
    DisplayName,

    /// <summary>The e-mail address; without one, the user's name if it is an address.</summary>
    Email,

    /// <summary>The identity provider's id.</summary>
    ExternalId,

    /// <summary>Whether it may sign in.</summary>
    Active,

    /// <summary>
    /// A group's direct members, by id: whether one of them equals, contains or starts with; not-equal is that none equals.
    /// </summary>
    Member,
}

/// <summary>How an attribute is compared.</summary>
public enum PrincipalOperator
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal, or not there.</summary>
    NotEqual,

    /// <summary>Holds the text.</summary>
    Contains,

    /// <summary>Begins with the text.</summary>
    StartsWith,
}
