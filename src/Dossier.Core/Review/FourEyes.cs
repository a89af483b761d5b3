using Dossier.Core.Access;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Review;

/// <summary>
/// The four-eyes rule of a registered model: a version enters Production only when somebody asks for it and somebody else, who did not create
/// the version either, approves. It binds everybody, administrators too. The rule is a tag, so every client can see it and set it; as it takes power away,
/// setting and deleting it needs CAN_MANAGE.
/// </summary>
public static class FourEyes
{
    /// <summary>The registered model's tag that puts it under the rule.</summary>
    public const string Tag = "dossier.four_eyes";

    /// <summary>The stage that is protected, which is the tag's value.</summary>
    public const string Stage = ModelStage.Production;

    /// <summary>Refuses a value of the tag that promises something else.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>.</exception>
    internal static void CheckTag(Tag tag)
    {
        if (tag.Key == Tag && tag.Value != Stage)
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(tag.Value), "value", $"the tag '{Tag}' has the value '{Stage}', the stage that it protects; delete the tag to end the rule.");
        }
    }

    /// <summary>Whether a move is one that the rule protects.</summary>
    public static bool Protects(string from, string to) => to == Stage && from != Stage;

    /// <summary>Refuses a protected move that nobody else has asked for.</summary>
    public static ProtocolException RequestNeeded(StageTransition move) => Refusal(
        move, "a version enters it by a transition request that somebody else approves. Make one with 'transition-requests/create'.");

    /// <summary>Why a reviewer may not approve a protected move; null if he may.</summary>
    /// <param name="reviewer">Who wants to approve.</param>
    /// <param name="move">The move.</param>
    /// <param name="creator">Who created the version.</param>
    /// <param name="requesters">Who has asked for the move.</param>
    public static ProtocolException? Forbids(Reviewer reviewer, StageTransition move, string? creator, IEnumerable<string?> requesters)
    {
        if (reviewer.Is(creator))
        {
            return Refusal(move, $"{reviewer.Caller.Name} created the version, so somebody else must approve.");
        }

        return requesters.Any(reviewer.Is)
            ? Refusal(move, $"{reviewer.Caller.Name} has asked for it, so somebody else must approve, or the own request be cancelled first.")
            : null;
    }

    private static ProtocolException Refusal(StageTransition move, string why) => new(
        ErrorCode.PermissionDenied,
        $"Version {move.Version} of {ObjectKinds.Model.Of(move.Name).Text} can't be moved to {move.Stage} so: the model is under the four-eyes rule (its tag '{Tag}'): {why}");
}
