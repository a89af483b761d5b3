using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>
/// The wire's JSON: snake_case names, enumerations by name, unset fields and empty lists left out,
/// 64-bit integers and special floats accepted as numbers or strings.
/// </summary>
/// <remarks>Python's bare <c>NaN</c> and <c>Infinity</c> are no JSON: whoever reads a request body quotes them first.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ViewTypeConverter)])]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(CreateExperiment))]
[JsonSerializable(typeof(ExperimentCreated))]
[JsonSerializable(typeof(ExperimentAnswer))]
[JsonSerializable(typeof(UpdateExperiment))]
[JsonSerializable(typeof(ExperimentRef))]
[JsonSerializable(typeof(SetExperimentTag))]
[JsonSerializable(typeof(DeleteExperimentTag))]
[JsonSerializable(typeof(SearchExperiments))]
[JsonSerializable(typeof(ExperimentsPage))]
[JsonSerializable(typeof(SearchDatasets))]
[JsonSerializable(typeof(DatasetsAnswer))]
[JsonSerializable(typeof(CreateRun))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(UpdateRun))]
[JsonSerializable(typeof(RunInfoAnswer))]
[JsonSerializable(typeof(RunRef))]
[JsonSerializable(typeof(LogMetric))]
[JsonSerializable(typeof(LogParam))]
[JsonSerializable(typeof(SetRunTag))]
[JsonSerializable(typeof(DeleteRunTag))]
[JsonSerializable(typeof(LogBatch))]
[JsonSerializable(typeof(LogInputs))]
[JsonSerializable(typeof(LogOutputs))]
[JsonSerializable(typeof(LogModel))]
[JsonSerializable(typeof(SearchRuns))]
[JsonSerializable(typeof(RunsPage))]
[JsonSerializable(typeof(MetricsPage))]
[JsonSerializable(typeof(CreateRegisteredModel))]
[JsonSerializable(typeof(RegisteredModelAnswer))]
[JsonSerializable(typeof(UpdateRegisteredModel))]
[JsonSerializable(typeof(RenameRegisteredModel))]
[JsonSerializable(typeof(RegisteredModelRef))]
[JsonSerializable(typeof(SetRegisteredModelTag))]
[JsonSerializable(typeof(DeleteRegisteredModelTag))]
[JsonSerializable(typeof(SearchRegistry))]
[JsonSerializable(typeof(RegisteredModelsPage))]
[JsonSerializable(typeof(GetLatestVersions))]
[JsonSerializable(typeof(SetModelAlias))]
[JsonSerializable(typeof(DeleteModelAlias))]
[JsonSerializable(typeof(CreateModelVersion))]
[JsonSerializable(typeof(ModelVersionAnswer))]
[JsonSerializable(typeof(UpdateModelVersion))]
[JsonSerializable(typeof(ModelVersionRef))]
[JsonSerializable(typeof(SetModelVersionTag))]
[JsonSerializable(typeof(DeleteModelVersionTag))]
[JsonSerializable(typeof(TransitionStage))]
[JsonSerializable(typeof(ModelVersionsPage))]
[JsonSerializable(typeof(DownloadUriAnswer))]
[JsonSerializable(typeof(CreateRegistryWebhook))]
[JsonSerializable(typeof(UpdateRegistryWebhook))]
[JsonSerializable(typeof(RegistryWebhookAnswer))]
[JsonSerializable(typeof(RegistryWebhooksPage))]
[JsonSerializable(typeof(RegistryWebhookRef))]
[JsonSerializable(typeof(TestRegistryWebhook))]
[JsonSerializable(typeof(RegistryWebhookTest))]
[JsonSerializable(typeof(WebhookDeliveriesAnswer))]
[JsonSerializable(typeof(CreateWebhook))]
[JsonSerializable(typeof(UpdateWebhook))]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(WebhooksPage))]
[JsonSerializable(typeof(TestWebhook))]
[JsonSerializable(typeof(WebhookTestAnswer))]
[JsonSerializable(typeof(CreateLoggedModel))]
[JsonSerializable(typeof(LoggedModelAnswer))]
[JsonSerializable(typeof(FinalizeLoggedModel))]
[JsonSerializable(typeof(SetLoggedModelTags))]
[JsonSerializable(typeof(LogLoggedModelParams))]
[JsonSerializable(typeof(SearchLoggedModels))]
[JsonSerializable(typeof(LoggedModelsPage))]
[JsonSerializable(typeof(ArtifactsAnswer))]
[JsonSerializable(typeof(CreateMultipartUpload))]
[JsonSerializable(typeof(MultipartUpload))]
[JsonSerializable(typeof(CompleteMultipartUpload))]
[JsonSerializable(typeof(AbortMultipartUpload))]
public sealed partial class ProtocolJsonContext : JsonSerializerContext;

/// <summary>Writes and reads <see cref="ViewType"/> by its protocol names, <c>ACTIVE_ONLY</c>, <c>DELETED_ONLY</c>, <c>ALL</c>.</summary>
public sealed class ViewTypeConverter() : JsonStringEnumConverter<ViewType>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);
