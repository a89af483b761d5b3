using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Logged models (3.x clients): <c>/mlflow/logged-models/…</c>. The id in the path counts, not one that a body repeats.</summary>
internal static class LoggedModelEndpoints
{
    private const string ModelId = "model_id";

    public static void Map(Routes routes)
    {
        routes.Post<CreateLoggedModel, LoggedModelAnswer>("logged-models", CreateAsync).Needs(Need.ExperimentEdit);
        routes.Post<SearchLoggedModels, LoggedModelsPage>("logged-models/search", SearchAsync).Needs(Need.ReadableOnly);
        routes.Get("logged-models/{model_id}", GetAsync).Needs(Need.ExperimentRead);
        routes.Patch<FinalizeLoggedModel, LoggedModelAnswer>("logged-models/{model_id}", FinalizeAsync).Needs(Need.ExperimentEdit);
        routes.Delete("logged-models/{model_id}", DeleteAsync).Needs(Need.ExperimentEdit);
        routes.Patch<SetLoggedModelTags>("logged-models/{model_id}/tags", SetTagsAsync).Needs(Need.ExperimentEdit);
        // Keys may have slashes, which some clients encode and some don't.
        routes.Delete("logged-models/{model_id}/tags/{**tag_key}", DeleteTagAsync).Needs(Need.ExperimentEdit);
        routes.Post<LogLoggedModelParams>("logged-models/{model_id}/params", LogParamsAsync).Needs(Need.ExperimentEdit);
        routes.Get("logged-models/{model_id}/artifacts/directories", ListArtifactsAsync).Needs(Need.ExperimentRead);
        routes.MapDownload("logged-models/{model_id}/artifacts/files", OpenArtifactAsync).Needs(Need.ExperimentRead);
    }

    private static async Task<LoggedModelAnswer> CreateAsync(Call call, CreateLoggedModel message) =>
        new(await call.Services.LoggedModels.CreateAsync(message, call.Principal, call.Cancel));

    private static async Task<LoggedModelsPage> SearchAsync(Call call, SearchLoggedModels message)
    {
        var page = await call.Services.LoggedModels.SearchAsync(message, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<LoggedModelAnswer> GetAsync(Call call) =>
        new(await call.Services.LoggedModels.GetAsync(call.Route(ModelId), call.Cancel));

    private static async Task<LoggedModelAnswer> FinalizeAsync(Call call, FinalizeLoggedModel message) =>
        new(await call.Services.LoggedModels.FinalizeAsync(message with { ModelId = call.Route(ModelId) }, call.Principal, call.Cancel));

    private static Task DeleteAsync(Call call) => call.Services.LoggedModels.DeleteAsync(call.Route(ModelId), call.Principal, call.Cancel);

    private static Task SetTagsAsync(Call call, SetLoggedModelTags message) =>
        call.Services.LoggedModels.SetTagsAsync(message with { ModelId = call.Route(ModelId) }, call.Principal, call.Cancel);

    private static Task DeleteTagAsync(Call call) =>
        call.Services.LoggedModels.DeleteTagAsync(call.Route(ModelId), call.Route("tag_key"), call.Principal, call.Cancel);

    private static Task LogParamsAsync(Call call, LogLoggedModelParams message) =>
        call.Services.LoggedModels.LogParamsAsync(message with { ModelId = call.Route(ModelId) }, call.Principal, call.Cancel);

    private static Task<ArtifactsAnswer> ListArtifactsAsync(Call call) =>
        call.Services.Artifacts.ListOfLoggedModelAsync(call.Route(ModelId), call.Query.Text("artifact_directory_path"), call.Cancel);

    private static async Task<Download> OpenArtifactAsync(Call call)
    {
        var path = call.Query.Text("artifact_file_path");
        return new(path, await call.Services.Artifacts.OpenOfLoggedModelAsync(call.Route(ModelId), path, call.Cancel));
    }
}
