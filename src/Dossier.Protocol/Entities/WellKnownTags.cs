namespace Dossier.Protocol;

/// <summary>Keys of tags with a meaning of their own, as MLflow's clients and servers use them.</summary>
public static class WellKnownTags
{
    /// <summary>The run's name; servers keep it equal to <c>run_name</c>.</summary>
    public const string RunName = "mlflow.runName";

    /// <summary>The id of the run that this one is a part of.</summary>
    public const string ParentRunId = "mlflow.parentRunId";

    /// <summary>The user who started the run.</summary>
    public const string User = "mlflow.user";

    /// <summary>The program or notebook that started the run.</summary>
    public const string SourceName = "mlflow.source.name";

    /// <summary>The kind of that program, e.g. <c>LOCAL</c>.</summary>
    public const string SourceType = "mlflow.source.type";

    /// <summary>The git commit of that program.</summary>
    public const string SourceGitCommit = "mlflow.source.git.commit";

    /// <summary>The description of a run or experiment, in Markdown.</summary>
    public const string Note = "mlflow.note.content";

    /// <summary>The models that 2.x clients logged to a run, as a JSON list.</summary>
    public const string LogModelHistory = "mlflow.log-model.history";

    /// <summary>On a dataset input: the purpose it was used for, e.g. <c>training</c>.</summary>
    public const string DataContext = "mlflow.data.context";

    /// <summary>Marks a registered model or version that is a prompt, with the value <c>true</c>.</summary>
    public const string IsPrompt = "mlflow.prompt.is_prompt";

    /// <summary>The text of a version of a prompt.</summary>
    public const string PromptText = "mlflow.prompt.text";
}
