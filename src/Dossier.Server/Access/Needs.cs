using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Access;

/// <summary>What needs ask for.</summary>
internal static class Needs
{
    /// <summary>The level that the need asks for on the objects a request names; null for one that asks for none.</summary>
    public static PermissionLevel? Level(this Need need) => need switch
    {
        Need.ExperimentRead or Need.FolderRead or Need.ModelRead or Need.ObjectRead => PermissionLevel.CanRead,
        Need.ExperimentEdit or Need.FolderEdit or Need.ModelEdit => PermissionLevel.CanEdit,
        Need.ModelCreate => PermissionLevel.CanCreateRegisteredModel,
        Need.ModelTransition => PermissionLevel.CanManageStagingVersions,
        Need.ExperimentManage or Need.FolderManage or Need.ModelManage or Need.ObjectManage => PermissionLevel.CanManage,
        _ => null,
    };

    /// <summary>Lets the caller pass who is allowed this on all the objects.</summary>
    /// <exception cref="ProtocolException"><c>UNAUTHENTICATED</c>, <c>PERMISSION_DENIED</c>, or that an object isn't there.</exception>
    public static async ValueTask CheckAsync(this Need need, Call call, IReadOnlyList<AccessObject> objects)
    {
        if (need is Need.Nothing or Need.UploadId)
        {
            return;
        }

        var caller = call.Caller;
        if (need is Need.Admin && !caller.IsAdmin)
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, $"Only members of the group '{BuiltIn.Admins}' may do this, and {caller.Name} is none.");
        }

        if (objects.Count > 0)
        {
            await call.Services.Access.RequireAsync(caller, objects, need.Level()!.Value, call.Cancel);
        }
    }
}
