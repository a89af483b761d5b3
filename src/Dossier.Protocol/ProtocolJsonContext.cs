using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dossier.Protocol.Scim;

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
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(UserPassword))]
[JsonSerializable(typeof(UserRef))]
[JsonSerializable(typeof(UpdateUserAdmin))]
[JsonSerializable(typeof(AuthUserAnswer))]
[JsonSerializable(typeof(ExperimentPermissionRequest))]
[JsonSerializable(typeof(ExperimentPermissionAnswer))]
[JsonSerializable(typeof(RegisteredModelPermissionRequest))]
[JsonSerializable(typeof(RegisteredModelPermissionAnswer))]
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
[JsonSerializable(typeof(DatabricksModelVersionAnswer))]
[JsonSerializable(typeof(CreateTransitionRequest))]
[JsonSerializable(typeof(ApproveTransitionRequest))]
[JsonSerializable(typeof(RejectTransitionRequest))]
[JsonSerializable(typeof(DeleteTransitionRequest))]
[JsonSerializable(typeof(TransitionRequestAnswer))]
[JsonSerializable(typeof(TransitionRequestsAnswer))]
[JsonSerializable(typeof(ActivityAnswer))]
[JsonSerializable(typeof(CreateComment))]
[JsonSerializable(typeof(UpdateComment))]
[JsonSerializable(typeof(CommentRef))]
[JsonSerializable(typeof(CommentAnswer))]
[JsonSerializable(typeof(ActivitiesPage))]
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
[JsonSerializable(typeof(ObjectPermissions))]
[JsonSerializable(typeof(ChangePermissions))]
[JsonSerializable(typeof(PermissionLevelsAnswer))]
[JsonSerializable(typeof(PermissionExplanation))]
[JsonSerializable(typeof(DatabricksRegisteredModelAnswer))]
[JsonSerializable(typeof(MakeDirectory))]
[JsonSerializable(typeof(WorkspaceObject))]
[JsonSerializable(typeof(WorkspaceObjects))]
[JsonSerializable(typeof(CreateToken))]
[JsonSerializable(typeof(CreateTokenOnBehalf))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TokenRef))]
[JsonSerializable(typeof(UpdateToken))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(SetPassword))]
[JsonSerializable(typeof(PasswordSet))]
[JsonSerializable(typeof(CreateClientSecret))]
[JsonSerializable(typeof(ClientSecret))]
[JsonSerializable(typeof(ClientSecretList))]
[JsonSerializable(typeof(OAuthToken))]
[JsonSerializable(typeof(OAuthError))]
[JsonSerializable(typeof(OAuthServer))]
[JsonSerializable(typeof(AuditEventsPage))]
[JsonSerializable(typeof(StageAnswer))]
[JsonSerializable(typeof(AuditVerification))]
[JsonSerializable(typeof(GetRun))]
[JsonSerializable(typeof(GetMetricHistory))]
[JsonSerializable(typeof(GetMetricHistoryBulk))]
[JsonSerializable(typeof(SampleMetricHistory))]
[JsonSerializable(typeof(GetExperiment))]
[JsonSerializable(typeof(GetExperimentByName))]
[JsonSerializable(typeof(GetLoggedModel))]
[JsonSerializable(typeof(DeleteLoggedModel))]
[JsonSerializable(typeof(DeleteLoggedModelTag))]
[JsonSerializable(typeof(GetRegisteredModel))]
[JsonSerializable(typeof(GetModelVersion))]
[JsonSerializable(typeof(GetVersionByAlias))]
[JsonSerializable(typeof(ListTransitionRequests))]
[JsonSerializable(typeof(ListActivities))]
[JsonSerializable(typeof(ListAuditEvents))]
[JsonSerializable(typeof(FindVersionsInStage))]
[JsonSerializable(typeof(VerifyAudit))]
[JsonSerializable(typeof(CreateUser))]
[JsonSerializable(typeof(GetUser))]
[JsonSerializable(typeof(ListTokens))]
[JsonSerializable(typeof(ListAllTokens))]
[JsonSerializable(typeof(GetToken))]
[JsonSerializable(typeof(DeleteToken))]
[JsonSerializable(typeof(ListWebhooks))]
[JsonSerializable(typeof(GetWebhook))]
[JsonSerializable(typeof(DeleteWebhook))]
[JsonSerializable(typeof(ListRegistryWebhooks))]
[JsonSerializable(typeof(ListWebhookDeliveries))]
[JsonSerializable(typeof(GetPermissions))]
[JsonSerializable(typeof(ExplainPermissions))]
[JsonSerializable(typeof(GetWorkspaceObject))]
[JsonSerializable(typeof(ListWorkspace))]
[JsonSerializable(typeof(ListRunArtifacts))]
[JsonSerializable(typeof(ListLoggedModelArtifacts))]
[JsonSerializable(typeof(ListArtifacts))]
[JsonSerializable(typeof(ReadRunArtifact))]
[JsonSerializable(typeof(ReadLoggedModelArtifact))]
[JsonSerializable(typeof(ReadVersionArtifact))]
[JsonSerializable(typeof(ReadArtifact))]
[JsonSerializable(typeof(ListClientSecrets))]
[JsonSerializable(typeof(DeleteClientSecret))]
internal sealed partial class ProtocolJsonContext : JsonSerializerContext;

/// <summary>Writes and reads <see cref="ViewType"/> by its protocol names, <c>ACTIVE_ONLY</c>, <c>DELETED_ONLY</c>, <c>ALL</c>.</summary>
public sealed class ViewTypeConverter() : JsonStringEnumConverter<ViewType>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);

/// <summary>The JSON options that server and client share: those of <see cref="ProtocolJsonContext"/>, with empty lists left out where nothing says otherwise.</summary>
public static class WireJson
{
    /// <summary>Read-only; get the metadata of a message with <see cref="TypeInfo{T}"/>.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The metadata to read or write <typeparamref name="T"/> with.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is a message neither of <see cref="ProtocolJsonContext"/> nor of <see cref="ScimJsonContext"/>.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() =>
        ScimJsonContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>The options that a message of this type is written and read with.</summary>
    public static JsonSerializerOptions OptionsOf(Type message) =>
        ScimJsonContext.Default.GetTypeInfo(message) is null ? Options : ScimJsonContext.Default.Options;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ProtocolJsonContext.Default.Options)
        {
            TypeInfoResolver = ProtocolJsonContext.Default.WithAddedModifier(LeaveOutEmptyLists),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // What clients need to be there, even if empty, says so.
            var always = property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) == true;
            if (!always && property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                property.ShouldSerialize = static (_, value) => value is not (null or ICollection { Count: 0 });
            }
        }
    }
}
