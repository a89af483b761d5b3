namespace Dossier.Protocol.Scim;

/// <summary>The names that SCIM 2.0 gives to its messages (RFC 7643, RFC 7644).</summary>
public static class ScimSchema
{
    /// <summary>A user.</summary>
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>A group.</summary>
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// <summary>A service principal; SCIM itself has none, the name is Databricks'.</summary>
    public const string ServicePrincipal = "urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal";

    /// <summary>An answer with many resources.</summary>
    public const string List = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /// <summary>A PATCH.</summary>
    public const string Patch = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>An error.</summary>
    public const string Error = "urn:ietf:params:scim:api:messages:2.0:Error";
}
