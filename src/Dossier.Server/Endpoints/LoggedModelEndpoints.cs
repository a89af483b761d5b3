using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;

namespace Dossier.Server.Endpoints;

/// <summary>Logged models (3.x clients): <c>/mlflow/logged-models/…</c>. The id in the path counts, not one that a body repeats.</summary>
internal static class LoggedModelEndpoints
{
    private const string ModelId = "model_id";

    public static void Map(Routes routes)
    {
        var (read, edit) = (new Guard(Need.ExperimentRead, Named), new Guard(Need.ExperimentEdit, Named));
        routes.Post<CreateLoggedModel, LoggedModelAnswer>(
            "logged-models",
            new Guard<CreateLoggedModel>(Need.ExperimentEdit, m => On.ExperimentOrDefault(m.ExperimentId)).And(Need.ExperimentRead, m => On.RunIfNamed(m.SourceRunId)),
            CreateAsync);
        routes.Post<SearchLoggedModels, LoggedModelsPage>("logged-models/search", Need.ReadableOnly, SearchAsync);
        routes.Get("logged-models/{model_id}", read, GetAsync);
        routes.Patch<FinalizeLoggedModel, LoggedModelAnswer>("logged-models/{model_id}", new(Need.ExperimentEdit, (_, call) => Named(call)), FinalizeAsync);
        routes.Delete("logged-models/{model_id}", edit, DeleteAsync);
        routes.Patch<SetLoggedModelTags>("logged-models/{model_id}/tags", new(Need.ExperimentEdit, (_, call) => Named(call)), SetTagsAsync);
        // Keys may have slashes, which some clients encode and some don't.
        routes.Delete("logged-models/{model_id}/tags/{**tag_key}", edit, DeleteTagAsync);
        routes.Post<LogLoggedModelParams>("logged-models/{model_id}/params", new(Need.ExperimentEdit, (_, call) => Named(call)), LogParamsAsync);
        routes.Get("logged-models/{model_id}/artifacts/directories", read, ListArtifactsAsync);
        routes.MapDownload("logged-models/{model_id}/artifacts/files", read, FileAsync);
    }

    private static IReadOnlyList<AccessObject> Named(Call call) => On.LoggedModel(call.Route(ModelId));

    private static async Task<LoggedModelAnswer> CreateAsync(Call call, CreateLoggedModel message) =>
        new(await call.Services.LoggedModels.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<LoggedModelsPage> SearchAsync(Call call, SearchLoggedModels message)
    {
        var page = await call.Services.LoggedModels.SearchAsync(message, call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<LoggedModelAnswer> GetAsync(Call call) =>
        new(await call.Services.LoggedModels.GetAsync(call.Route(ModelId), call.Cancel));

    private static async Task<LoggedModelAnswer> FinalizeAsync(Call call, FinalizeLoggedModel message) =>
        new(await call.Services.LoggedModels.FinalizeAsync(message with { ModelId = call.Route(ModelId) }, call.Caller, call.Cancel));

    private static Task DeleteAsync(Call call) => call.Services.LoggedModels.DeleteAsync(call.Route(ModelId), call.Caller, call.Cancel);

    private static Task SetTagsAsync(Call call, SetLoggedModelTags message) =>
        call.Services.LoggedModels.SetTagsAsync(message with { ModelId = call.Route(ModelId) }, call.Caller, call.Cancel);

    private static Task DeleteTagAsync(Call call) =>
        call.Services.LoggedModels.DeleteTagAsync(call.Route(ModelId), call.Route("tag_key"), call.Caller, call.Cancel);

    private static Task LogParamsAsync(Call call, LogLoggedModelParams message) =>
        call.Services.LoggedModels.LogParamsAsync(message with { ModelId = call.Route(ModelId) }, call.Caller, call.Cancel);

    private static Task<ArtifactsAnswer> ListArtifactsAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Artifacts.ListOfLoggedModelAsync(
            call.Route(ModelId), query.Text("artifact_directory_path"), query.Text("page_token"), call.Cancel);
    }

    private static Task<ServedFile> FileAsync(Call call) =>
        call.Services.Artifacts.FileOfLoggedModelAsync(call.Route(ModelId), call.Query.Text("artifact_file_path"), call.Cancel);
}
