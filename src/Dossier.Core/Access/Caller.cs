namespace Dossier.Core.Access;

/// <summary>Who is asking: a principal with all its groups.</summary>
public sealed record Caller
{
    /// <summary>The user of a server that asks nobody to sign in.</summary>
    public static Caller Local { get; } = new()
    {
        Id = BuiltIn.LocalId,
        Name = BuiltIn.Local,
        Kind = PrincipalKind.User,
        PrincipalIds = [BuiltIn.AdminsId, BuiltIn.UsersId, BuiltIn.LocalId],
    };

    /// <summary>Whoever can reach the database itself, as a command that opens it does.</summary>
    public static Caller Operator { get; } = new() { Id = 0, Name = "dossier", Kind = PrincipalKind.User, PrincipalIds = [BuiltIn.AdminsId] };

    /// <summary>The key in the database.</summary>
    public required long Id { get; init; }

    /// <summary>The name that events and entities carry: a user's name, or a service principal's application id.</summary>
    public required string Name { get; init; }

    /// <summary>A user or a service principal.</summary>
    public required PrincipalKind Kind { get; init; }

    /// <summary>Itself, its groups, their groups, and <c>users</c>; ascending.</summary>
    public required IReadOnlyList<long> PrincipalIds { get; init; }

    /// <summary>Whether it manages everything, as a member of <c>admins</c>.</summary>
    public bool IsAdmin => PrincipalIds[0] == BuiltIn.AdminsId;

    /// <summary>What it may read.</summary>
    public ReadScope Scope => IsAdmin ? ReadScope.Everything : new ReadScope(PrincipalIds);
}
