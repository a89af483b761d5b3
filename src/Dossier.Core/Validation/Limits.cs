namespace Dossier.Core.Validation;

/// <summary>The bounds of what a request may carry, in characters or items. Those of the protocol are its own, the others keep hostile input small.</summary>
internal static class Limits
{
    public const int Key = 250;
    public const int ParamValue = 6000;
    public const int RunTagValue = 8000;
    public const int ExperimentTagValue = 5000;
    public const int RegistryTagValue = 100_000;

    public const int ExperimentName = 500;
    public const int RegisteredModelName = 256;
    public const int LoggedModelName = 500;
    public const int Alias = 255;
    public const int Principal = 256;
    public const int Grants = 1000;
    public const int ListedObjects = 10_000;
    public const int TokenComment = 1000;
    public const int TokenId = 64;
    public const int TokenScopes = 100;
    public const int Uri = 2000;
    public const int Description = 100_000;
    public const int Comment = 65_535;
    public const int ModelJson = 1_048_576;

    public const int BatchMetrics = 1000;
    public const int BatchParams = 100;
    public const int BatchTags = 100;
    public const int BatchTotal = 1000;
    public const int TagsOfNewObject = 1000;
    public const int ParamsOfLoggedModel = 1000;

    public const int Datasets = 1000;
    public const int DatasetName = 500;
    public const int DatasetDigest = 36;
    public const int DatasetSourceType = 36;
    public const int DatasetSource = 65_535;
    public const int DatasetSchema = 1_048_575;
    public const int DatasetProfile = 16_777_215;
    public const int InputTagKey = 255;
    public const int InputTagValue = 500;
    public const int InputTags = 100;
    public const int ModelLinks = 1000;

    public const int WebhookId = 64;
    public const int WebhookEvents = 100;

    public const int ExperimentsOfSearch = 10_000;
    public const int RunsOfHistory = 100;
    public const int HistoryPage = 25_000;
    public const int SampledHistory = 2500;
    public const int PageToken = 65_536;
}
