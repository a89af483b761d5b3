namespace Dossier.Server.Tests.RouteWalk;

/// <summary>What somebody may do with the walk's folder, the experiment in it and the registered model: the columns of the tables of levels.</summary>
[Flags]
public enum May
{
    /// <summary>What asks for no sign-in.</summary>
    Anything = 0,

    /// <summary>What everybody may who is signed in: with what is theirs, and to find what they may read.</summary>
    BeKnown = 1,

    /// <summary>View run info, search, compare; view, list, download artifacts.</summary>
    ReadExperiment = 1 << 1,

    /// <summary>Create, delete, restore runs; log params, metrics, tags, artifacts, inputs; edit experiment tags.</summary>
    EditExperiment = 1 << 2,

    /// <summary>Change the experiment's permissions.</summary>
    ManageExperiment = 1 << 3,

    /// <summary>See the folder.</summary>
    ReadFolder = 1 << 4,

    /// <summary>Create, delete, restore, move an experiment.</summary>
    EditFolder = 1 << 5,

    /// <summary>Change the folder's permissions.</summary>
    ManageFolder = 1 << 6,

    /// <summary>View model, versions, requests, activities, artifact download URIs; use versions; request a transition.</summary>
    ReadModel = 1 << 7,

    /// <summary>Add a version; edit descriptions and tags.</summary>
    EditModel = 1 << 8,

    /// <summary>Transition a version, approve and reject requests among None, Archived and Staging; set aliases.</summary>
    ManageStaging = 1 << 9,

    /// <summary>Transition a version, approve and reject requests between any stages; set protected aliases.</summary>
    ManageProduction = 1 << 10,

    /// <summary>Rename and delete the model, delete versions, change permissions, cancel requests, model-level webhooks.</summary>
    ManageModel = 1 << 11,

    /// <summary>What only members of <c>admins</c> may.</summary>
    Administer = 1 << 12,
}
