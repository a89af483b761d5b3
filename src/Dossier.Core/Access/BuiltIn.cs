namespace Dossier.Core.Access;

/// <summary>The principals that every database has from the start; their ids are those of the migration that adds them.</summary>
public static class BuiltIn
{
    /// <summary>The id of the group <c>admins</c>: its members manage everything.</summary>
    public const long AdminsId = 1;

    /// <summary>The id of the group <c>users</c>: everybody is in it, without being listed.</summary>
    public const long UsersId = 2;

    /// <summary>The id of the user <c>local</c>, who is asking on a server that asks nobody to sign in. Can't sign in.</summary>
    public const long LocalId = 3;

    /// <summary>The name of the group of administrators.</summary>
    public const string Admins = "admins";

    /// <summary>The name of the group of everybody.</summary>
    public const string Users = "users";

    /// <summary>The name of the user of an open server.</summary>
    public const string Local = "local";
}
