using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>A user, as clients of the basic-auth API read one.</summary>
public sealed record AuthUser
{
    /// <summary>The user's id.</summary>
    public required long Id { get; init; }

    /// <summary>The user's name.</summary>
    public required string Username { get; init; }

    /// <summary>Whether the user is in <c>admins</c>, directly or through groups.</summary>
    public required bool IsAdmin { get; init; }

    /// <summary>The direct grants on experiments; those through folders and groups are not among them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IReadOnlyList<ExperimentGrant> ExperimentPermissions { get; init; }

    /// <summary>The direct grants on registered models.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IReadOnlyList<RegisteredModelGrant> RegisteredModelPermissions { get; init; }

    /// <summary>Always empty: there are no scorers. Clients of protocol 3.x need it to be there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<string> ScorerPermissions { get; init; } = [];
}

/// <summary>A user's direct grant on an experiment.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="UserId">The user's id.</param>
/// <param name="Permission"><c>READ</c>, <c>EDIT</c>, <c>MANAGE</c> or <c>NO_PERMISSIONS</c>.</param>
public sealed record ExperimentGrant(string ExperimentId, long UserId, string Permission);

/// <summary>A user's direct grant on a registered model.</summary>
/// <param name="Name">The model.</param>
/// <param name="UserId">The user's id.</param>
/// <param name="Permission"><c>READ</c>, <c>EDIT</c>, <c>MANAGE</c> or <c>NO_PERMISSIONS</c>.</param>
public sealed record RegisteredModelGrant(string Name, long UserId, string Permission);

/// <summary>Request of <c>users/create</c>.</summary>
/// <param name="Username">The user's name.</param>
/// <param name="Password">The password.</param>
public sealed record CreateUser(string? Username, string? Password)
{
    /// <summary>The user's name; never the password.</summary>
    public override string ToString() => $"{nameof(CreateUser)} {{ {nameof(Username)} = {Username} }}";
}

/// <summary>Request of <c>users/get</c>.</summary>
/// <param name="Username">The user's name.</param>
public sealed record GetUser(string? Username);

/// <summary>Request of <c>users/update-password</c>.</summary>
/// <param name="Username">The user's name.</param>
/// <param name="Password">The password.</param>
public sealed record UserPassword(string? Username, string? Password)
{
    /// <summary>The user's name; never the password.</summary>
    public override string ToString() => $"{nameof(UserPassword)} {{ {nameof(Username)} = {Username} }}";
}

/// <summary>Request of <c>users/delete</c>.</summary>
/// <param name="Username">The user's name.</param>
public sealed record UserRef(string? Username);

/// <summary>Request of <c>users/update-admin</c>.</summary>
/// <param name="Username">The user's name.</param>
/// <param name="IsAdmin">Whether the user is to be an administrator.</param>
public sealed record UpdateUserAdmin(string? Username, bool? IsAdmin);

/// <summary>Answer with a user.</summary>
/// <param name="User">The user.</param>
public sealed record AuthUserAnswer(AuthUser User);

/// <summary>Request about a user's grant on an experiment.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="Username">The user's name.</param>
/// <param name="Permission">The permission to give; absent where one is read or deleted.</param>
public sealed record ExperimentPermissionRequest(string? ExperimentId, string? Username, string? Permission = null);

/// <summary>Answer with a user's grant on an experiment.</summary>
/// <param name="ExperimentPermission">The grant.</param>
public sealed record ExperimentPermissionAnswer(ExperimentGrant ExperimentPermission);

/// <summary>Request about a user's grant on a registered model.</summary>
/// <param name="Name">The model.</param>
/// <param name="Username">The user's name.</param>
/// <param name="Permission">The permission to give; absent where one is read or deleted.</param>
public sealed record RegisteredModelPermissionRequest(string? Name, string? Username, string? Permission = null);

/// <summary>Answer with a user's grant on a registered model.</summary>
/// <param name="RegisteredModelPermission">The grant.</param>
public sealed record RegisteredModelPermissionAnswer(RegisteredModelGrant RegisteredModelPermission);
