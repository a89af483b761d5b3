using Dossier.Core.Access;
using Dossier.Core.Review;
using Dossier.Protocol;

namespace Dossier.Storage.Review;

/// <summary>What the review says when something isn't there or is there already.</summary>
internal static class ReviewErrors
{
    public static ProtocolException NoRequest(StageTransition move, string? creator = null) => ProtocolException.NotFound(
        $"No open request{(creator is null ? "" : $" by '{creator}'")} to move version {move.Version} of {Model(move)} to {move.Stage} found.");

    public static ProtocolException RequestTaken(StageTransition move, string creator) => ProtocolException.AlreadyExists(
        $"{creator} already has an open request to move version {move.Version} of {Model(move)} to {move.Stage}: cancel it before creating another.");

    public static ProtocolException InStage(StageTransition move) =>
        ProtocolException.Invalid($"Version {move.Version} of {Model(move)} is already in the stage {move.Stage}: name the stage to move it to.");

    public static ProtocolException NoComment(string id) => ObjectKinds.Comment.Of(id).Missing();

    public static ProtocolException NotTheAuthor(string id, string author) =>
        new(ErrorCode.PermissionDenied, $"Comment {id} is by {author}: only the author may change it, and only the author or a user with CAN_MANAGE may delete it.");

    public static ProtocolException NotTheCreator(StageTransition move, string creator) => new(
        ErrorCode.PermissionDenied,
        $"The request to move version {move.Version} of {Model(move)} to {move.Stage} is by {creator}: only the creator or a user with CAN_MANAGE may cancel it.");

    private static string Model(StageTransition move) => ObjectKinds.Model.Of(move.Name).Text;
}
