using Dossier.Core.Artifacts;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>
/// Something that access is asked for, as a request names it. What has no grants of its own stands for what guards it: a run, a logged model and
/// an artifact for the experiment, a version for its model. Equal names are equal objects.
/// </summary>
public abstract record AccessObject
{
    private AccessObject()
    {
    }

    /// <summary>How an error names it to somebody who may read it.</summary>
    public abstract string Text { get; }

    /// <summary>Whether those who may not read it are not to know that it is there.</summary>
    public virtual bool IsHidden => true;

    /// <summary>The answer when it isn't there; also to those who may not read it.</summary>
    public abstract ProtocolException Missing();

    /// <summary>The answer to somebody who may not read it.</summary>
    public virtual ProtocolException Hidden(Caller caller) => Missing();

    /// <summary>What every server has: it is never missing, and no secret.</summary>
    public abstract record AlwaysThere : AccessObject
    {
        private protected AlwaysThere()
        {
        }

        /// <inheritdoc/>
        public sealed override bool IsHidden => false;

        /// <inheritdoc/>
        public sealed override ProtocolException Missing() => throw new InvalidOperationException($"{Text} is always there.");
    }

    /// <summary>An experiment.</summary>
    /// <param name="Id">Its public id.</param>
    public sealed record Experiment(string Id) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"experiment {Id}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"No Experiment with id={Id} exists");

        /// <inheritdoc/>
        public override ProtocolException Hidden(Caller caller) =>
            new(ErrorCode.PermissionDenied, $"User {caller.Name} does not have permission to 'View' experiment with id {Id}");
    }

    /// <summary>An experiment.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record ExperimentNamed(string Name) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"experiment '{TextRules.Excerpt(Name)}'";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Could not find experiment with name '{TextRules.Excerpt(Name)}'");
    }

    /// <summary>The experiment of a run.</summary>
    /// <param name="Id">The run's public id.</param>
    public sealed record Run(string Id) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"the experiment of run {Id}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Run with id={Id} not found");
    }

    /// <summary>The experiment of a logged model.</summary>
    /// <param name="Id">The logged model's public id.</param>
    public sealed record LoggedModel(string Id) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"the experiment of logged model {Id}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Logged model with ID '{Id}' not found.");
    }

    /// <summary>The experiment whose artifacts lie at a path of the server's store. For reading, a registered model with a version there will do as well.</summary>
    /// <param name="Path">The path.</param>
    public sealed record Artifact(ArtifactPath Path) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"the experiment that the artifact path '{TextRules.Excerpt(Path.Value)}' belongs to";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"No artifact file '{TextRules.Excerpt(Path.Value)}'.");
    }

    /// <summary>A registered model.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record Model(string Name) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"registered model '{TextRules.Excerpt(Name)}'";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Registered Model with name={TextRules.Excerpt(Name)} not found");
    }

    /// <summary>A registered model.</summary>
    /// <param name="Id">Its id, 32 hex digits, which a rename does not change.</param>
    public sealed record ModelWithId(string Id) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"registered model with id {Id}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Registered Model with id={TextRules.Excerpt(Id)} not found");
    }

    /// <summary>The registered model whose version a comment is about.</summary>
    /// <param name="Id">The comment's id.</param>
    public sealed record Comment(string Id) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"the registered model of comment {Id}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Comment with id={Id} not found");
    }

    /// <summary>The registry's root, from which all registered models inherit.</summary>
    public sealed record Registry : AlwaysThere
    {
        /// <inheritdoc/>
        public override string Text => "the registry root (registered-models/root)";
    }

    /// <summary>A folder.</summary>
    /// <param name="Id">Its public id; 0 is the root folder.</param>
    public sealed record Folder(string Id) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"directory {Id}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => ProtocolException.NotFound($"Directory with id={TextRules.Excerpt(Id)} not found");
    }

    /// <summary>The folder that an experiment of this name lies in or would lie in; where it isn't there yet, the nearest one above that is.</summary>
    /// <param name="ExperimentName">A name as in <see cref="FolderPath"/>.</param>
    /// <param name="Creator">Whose home folder takes a name that is no path.</param>
    public sealed record FolderFor(string ExperimentName, string Creator) : AlwaysThere
    {
        /// <inheritdoc/>
        public override string Text => $"the folder '{TextRules.Excerpt(FolderPath.Of(ExperimentName, Creator))}'";
    }

    /// <summary>The folder that an experiment lies in.</summary>
    /// <param name="ExperimentId">The experiment's public id.</param>
    public sealed record FolderOf(string ExperimentId) : AccessObject
    {
        /// <inheritdoc/>
        public override string Text => $"the folder of experiment {ExperimentId}";

        /// <inheritdoc/>
        public override ProtocolException Missing() => new Experiment(ExperimentId).Missing();
    }

    /// <summary>The right to hold tokens (<c>authorization/tokens</c>).</summary>
    public sealed record Tokens : AlwaysThere
    {
        /// <inheritdoc/>
        public override string Text => "authorization/tokens";
    }

    /// <summary>The right to sign in by password (<c>authorization/passwords</c>).</summary>
    public sealed record Passwords : AlwaysThere
    {
        /// <inheritdoc/>
        public override string Text => "authorization/passwords";
    }
}
