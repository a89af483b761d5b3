using Dossier.Core.Access;
using Dossier.Core.Review;
using Dossier.Protocol;

namespace Dossier.Storage.Review;

/// <summary>What the review says when something isn't there or is there already.</summary>
internal static class ReviewErrors
{
    public static ProtocolException NoRequest(StageTransition move, string? creator = null) => ProtocolException.NotFound(
        $"There is no open request{(creator is null ? "" : $" by '{creator}'")} to move version {move.Version} of {Model(move)} to {move.Stage}.");

    public static ProtocolException RequestTaken(StageTransition move, string creator) => ProtocolException.AlreadyExists(
        $"{creator} has asked already to move version {move.Version} of {Model(move)} to {move.Stage}, and the request is open: cancel it to ask anew.");

    public static ProtocolException InStage(StageTransition move) =>
        ProtocolException.Invalid($"Version {move.Version} of {Model(move)} is in the stage {move.Stage} already: name the stage to move it to.");

    public static ProtocolException NoComment(string id) => ObjectKinds.Comment.Of(id).Missing();

    public static ProtocolException NotTheAuthor(string id, string author) =>
        new(ErrorCode.PermissionDenied, $"Comment {id} is by {author}: only the author may change it, and only the author or somebody with CAN_MANAGE delete it.");

    public static ProtocolException NotTheCreator(StageTransition move, string creator) => new(
        ErrorCode.PermissionDenied,
        $"The request to move version {move.Version} of {Model(move)} to {move.Stage} is by {creator}: only the creator or somebody with CAN_MANAGE may cancel it.");

    private static string Model(StageTransition move) => ObjectKinds.Model.Of(move.Name).Text;
}
