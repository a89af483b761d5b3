using System.Net;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Web;
using static Dossier.Server.Tests.RouteWalk.May;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>
/// Who may what, route by route, as the tables of levels say. A route has a line here, or the walk fails; where it depends on what is asked, it has several.
/// </summary>
internal static partial class WalkTable
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        .. Service, .. Pages, .. Experiments, .. Runs, .. LoggedModels, .. Artifacts, .. Models, .. Versions, .. Review, .. Permissions, .. Credentials, .. OAuth, .. Identities, .. BasicAuth,
        .. Audit, .. Webhooks,
    ];

    private static IEnumerable<Row> Service =>
    [
        new("GET", "health", Anything, _ => new { }),
        new("GET", "metrics", Administer, _ => new { }) { Through = HttpStatusCode.NotFound },
        new("GET", "version", Anything, _ => new { }),
        new("GET", "openapi.json", Anything, _ => new { }),
    ];

    private static IEnumerable<Row> Pages =>
    [
        new("GET", "", BeKnown, _ => new { }),
        new("GET", "assets/{file}", Anything, _ => new { file = WebAssets.PathOf("dossier.css")[WebAssets.Root.Length..] }),
        new("GET", "login", Anything, _ => new { }),

        // The password in the form is the sign-in; a request without a page's form gets as far as that.
        new("POST", "login", Anything, _ => new { }) { Through = HttpStatusCode.Forbidden },
        new("POST", "logout", BeKnown, _ => new { }),
    ];

    private static IEnumerable<Row> Experiments =>
    [
        // Create, delete, restore the experiment: CAN_EDIT or CAN_MANAGE on the containing folder.
        new("POST", "mlflow/experiments/create", EditFolder, w => new { name = w.NewName($"{Walk.Folder}/") }),
        new("POST", "mlflow/experiments/create", EditFolder, w => new { name = w.NewName($"{Walk.Folder}/a/b/") }),
        new("POST", "mlflow/experiments/create", BeKnown, w => new { name = w.NewName() }),
        new("POST", "mlflow/experiments/create", BeKnown, w => new { name = w.NewName("/Shared/") }),
        new("POST", "mlflow/experiments/create", Administer, w => new { name = w.NewName("/") }),
        new("POST", "mlflow/experiments/create", Administer, w => new { name = w.NewName("/Users/root/") }),
        new("POST", "mlflow/experiments/delete", EditFolder, async w => new { experiment_id = (await w.NewExperimentAsync()).Id }),
        new("POST", "mlflow/experiments/restore", EditFolder, async w => new { experiment_id = (await w.NewExperimentAsync(deleted: true)).Id }),
        new("POST", "mlflow/experiments/update", EditExperiment, async w => new { experiment_id = (await w.NewExperimentAsync()).Id, new_name = w.NewName($"{Walk.Folder}/") }),
        new("POST", "mlflow/experiments/update", ManageFolder, async w => new { experiment_id = (await w.NewExperimentAsync()).Id, new_name = w.NewName("/Shared/") }),
        new("POST", "mlflow/experiments/update", ManageFolder, async w => new { experiment_id = (await w.NewExperimentAsync()).Id, new_name = w.NewName() }),
        new("POST", "mlflow/experiments/update", Administer, async w => new { experiment_id = (await w.NewExperimentAsync()).Id, new_name = w.NewName("/Users/root/") }),

        // View run info, search, compare.
        new("GET", "mlflow/experiments/get", ReadExperiment, w => new { experiment_id = w.Experiment }),
        new("GET", "mlflow/experiments/get-by-name", ReadExperiment, w => new { experiment_name = w.ExperimentName }),
        new("GET", "mlflow/experiments/search", BeKnown, _ => new { }),
        new("POST", "mlflow/experiments/search", BeKnown, _ => new { }),
        new("POST", "mlflow/experiments/search-datasets", BeKnown, w => new { experiment_ids = new[] { w.Experiment } }),

        // Edit experiment tags.
        new("POST", "mlflow/experiments/set-experiment-tag", EditExperiment, w => new { experiment_id = w.Experiment, key = w.NewName(), value = "v" }),
        new("POST", "mlflow/experiments/delete-experiment-tag", EditExperiment, async w =>
        {
            var tag = new { experiment_id = w.Experiment, key = w.NewName(), value = "v" };
            await w.PostAsync("experiments/set-experiment-tag", tag);
            return new { tag.experiment_id, tag.key };
        }),
    ];

    private static IEnumerable<Row> Runs =>
    [
        // Create, delete, restore runs.
        new("POST", "mlflow/runs/create", EditExperiment, w => new { experiment_id = w.Experiment }),
        new("POST", "mlflow/runs/create", Administer, _ => new { }),
        new("POST", "mlflow/runs/update", EditExperiment, w => new { run_id = w.Run, status = "FINISHED" }),
        new("POST", "mlflow/runs/delete", EditExperiment, async w => new { run_id = await w.NewRunAsync() }),
        new("POST", "mlflow/runs/restore", EditExperiment, w => new { run_id = w.Run }),

        // View run info, search, compare.
        new("GET", "mlflow/runs/get", ReadExperiment, w => new { run_id = w.Run }),
        new("POST", "mlflow/runs/search", BeKnown, w => new { experiment_ids = new[] { w.Experiment } }),
        new("GET", "mlflow/metrics/get-history", ReadExperiment, w => new { run_id = w.Run, metric_key = "m" }),
        new("GET", "mlflow/metrics/get-history-bulk", ReadExperiment, w => new { run_id = new[] { w.Run, w.RunOfVersion }, metric_key = "m" }),
        new("GET", "mlflow/metrics/get-history-bulk-interval", ReadExperiment, w => new { run_ids = new[] { w.Run, w.RunOfVersion }, metric_key = "m" }),

        // Log params, metrics, tags, inputs.
        new("POST", "mlflow/runs/log-metric", EditExperiment, w => new { run_id = w.Run, key = "m", value = 1, timestamp = 1, model_id = w.LoggedModel }),
        new("POST", "mlflow/runs/log-parameter", EditExperiment, w => new { run_id = w.Run, key = w.NewName(), value = "v" }),
        new("POST", "mlflow/runs/log-batch", EditExperiment, w => new
        {
            run_id = w.Run,
            metrics = new[] { new { key = "m", value = 1, timestamp = 2, model_id = w.LoggedModel } },
        }),
        new("POST", "mlflow/runs/set-tag", EditExperiment, w => new { run_id = w.Run, key = "t", value = w.NewName() }),
        new("POST", "mlflow/runs/delete-tag", EditExperiment, async w =>
        {
            var tag = new { run_id = w.Run, key = w.NewName(), value = "v" };
            await w.PostAsync("runs/set-tag", tag);
            return new { tag.run_id, tag.key };
        }),
        new("POST", "mlflow/runs/log-inputs", EditExperiment, w => new { run_id = w.Run, models = new[] { new { model_id = w.LoggedModel } } }),
        new("POST", "mlflow/runs/outputs", EditExperiment, w => new { run_id = w.Run, models = new[] { new { model_id = w.LoggedModel, step = 1 } } }),
        new("POST", "mlflow/runs/log-model", EditExperiment, w => new
        {
            run_id = w.Run, model_json = $$"""{"artifact_path": "m", "flavors": {}, "utc_time_created": "2026-01-01", "run_id": "{{w.Run}}"}""",
        }),
    ];

    private static IEnumerable<Row> LoggedModels =>
    [
        new("POST", "mlflow/logged-models", EditExperiment, w => new { experiment_id = w.Experiment, source_run_id = w.Run }),
        new("POST", "mlflow/logged-models", Administer, _ => new { }),
        new("POST", "mlflow/logged-models/search", BeKnown, w => new { experiment_ids = new[] { w.Experiment } }),
        new("GET", "mlflow/logged-models/{model_id}", ReadExperiment, w => new { model_id = w.LoggedModel }),
        new("PATCH", "mlflow/logged-models/{model_id}", EditExperiment, w => new { model_id = w.LoggedModel, status = "LOGGED_MODEL_READY" }),
        new("DELETE", "mlflow/logged-models/{model_id}", EditExperiment, async w => new { model_id = await w.NewLoggedModelAsync() }),
        new("PATCH", "mlflow/logged-models/{model_id}/tags", EditExperiment, w => new { model_id = w.LoggedModel, tags = new[] { new { key = "t", value = w.NewName() } } }),
        new("DELETE", "mlflow/logged-models/{model_id}/tags/{**tag_key}", EditExperiment, async w =>
        {
            var (model_id, tag_key) = (await w.NewLoggedModelAsync(), "t");
            await w.Server.SendAsync(HttpMethod.Patch, $"/api/2.0/mlflow/logged-models/{model_id}/tags", """{"tags": [{"key": "t", "value": "v"}]}""");
            return new { model_id, tag_key };
        }),
        new("POST", "mlflow/logged-models/{model_id}/params", EditExperiment, w => new { model_id = w.LoggedModel, @params = new[] { new { key = w.NewName(), value = "v" } } }),
        new("GET", "mlflow/logged-models/{model_id}/artifacts/directories", ReadExperiment, w => new { model_id = w.LoggedModel }),
        new("GET", "mlflow/logged-models/{model_id}/artifacts/files", ReadExperiment, w => new { model_id = w.LoggedModel, artifact_file_path = "f.txt" }),
    ];

    private static IEnumerable<Row> Artifacts =>
    [
        // View, list, download artifacts.
        new("GET", "mlflow/artifacts/list", ReadExperiment, w => new { run_id = w.Run }),
        new("GET", "mlflow/get-artifact", ReadExperiment, w => new { run_id = w.Run, path = "f.txt" }),
        new("GET", "get-artifact", ReadExperiment, w => new { run_id = w.Run, path = "f.txt" }),
        new("GET", "mlflow-artifacts/artifacts", ReadExperiment, w => new { path = w.Experiment }),
        new("GET", "mlflow-artifacts/artifacts", Administer, _ => new { }),
        new("GET", "mlflow-artifacts/artifacts/{**path}", ReadExperiment, w => new { path = $"{w.Experiment}/{w.Run}/artifacts/f.txt" }),

        // Files of a version are the model's as well.
        new("GET", "mlflow-artifacts/artifacts", ReadExperiment | ReadModel, w => new { path = $"{w.Experiment}/{w.RunOfVersion}/artifacts" }),
        new("GET", "mlflow-artifacts/artifacts/{**path}", ReadExperiment | ReadModel, w => new { path = $"{w.Experiment}/{w.RunOfVersion}/artifacts/f.txt" }),

        // Log artifacts.
        new("PUT", "mlflow-artifacts/artifacts/{**path}", EditExperiment, w => new InPath($"{w.Experiment}/{w.Run}/artifacts/{w.NewName()}", "x")),
        new("PUT", "mlflow-artifacts/artifacts/{**path}", EditExperiment, w => new InPath($"{w.Experiment}/{w.RunOfVersion}/artifacts/{w.NewName()}", "x")),
        new("PUT", "mlflow-artifacts/artifacts/{**path}", Administer, w => new InPath($"of-no-experiment/{w.NewName()}", "x")),
        new("DELETE", "mlflow-artifacts/artifacts/{**path}", EditExperiment, async w => new { path = await w.NewArtifactAsync() }),
        new("DELETE", "mlflow-artifacts/artifacts/{**path}", EditExperiment, async w => new { path = await w.NewArtifactAsync($"{w.Experiment}/{w.RunOfVersion}/artifacts") }),
        new("POST", "mlflow-artifacts/mpu/create/{**path}", EditExperiment, w => new InPath($"{w.Experiment}/{w.Run}/artifacts", new { path = w.NewName(), num_parts = 1 })),
        new("PUT", "mlflow-artifacts/mpu/parts/{upload_id}/{part_number}", Anything, async w => new { upload_id = (await w.NewUploadAsync()).Id, part_number = "1" }),
        new("POST", "mlflow-artifacts/mpu/complete/{**path}", EditExperiment, async w =>
        {
            var upload = await w.NewUploadAsync();
            return new InPath(upload.Folder, new { path = upload.File, upload_id = upload.Id, parts = new[] { new { part_number = 1, etag = upload.Etag } } });
        }),
        new("POST", "mlflow-artifacts/mpu/abort/{**path}", EditExperiment, async w =>
        {
            var upload = await w.NewUploadAsync();
            return new InPath(upload.Folder, new { path = upload.File, upload_id = upload.Id });
        }),
    ];

    private static IEnumerable<Row> Models =>
    [
        // Registering a new model: any workspace user.
        new("POST", "mlflow/registered-models/create", BeKnown, w => new { name = w.NewName() }),

        // View model, versions.
        new("GET", "mlflow/registered-models/get", ReadModel, _ => new { name = Walk.Model }),
        new("GET", "mlflow/registered-models/search", BeKnown, _ => new { }),
        new("GET", "mlflow/registered-models/alias", ReadModel, _ => new { name = Walk.Model, alias = "best" }),
        new("GET", "mlflow/registered-models/get-latest-versions", ReadModel, _ => new { name = Walk.Model }),
        new("POST", "mlflow/registered-models/get-latest-versions", ReadModel, _ => new { name = Walk.Model }),

        // Edit the description; add and edit tags.
        new("PATCH", "mlflow/registered-models/update", EditModel, w => new { name = Walk.Model, description = w.NewName() }),
        new("POST", "mlflow/registered-models/set-tag", EditModel, w => new { name = Walk.Model, key = "t", value = w.NewName() }),
        new("DELETE", "mlflow/registered-models/delete-tag", EditModel, _ => new { name = Walk.Model, key = "t" }),

        // Aliases.
        new("POST", "mlflow/registered-models/alias", ManageStaging, w => new { name = Walk.Model, alias = w.NewName("a"), version = "1" }),
        new("DELETE", "mlflow/registered-models/alias", ManageStaging, w => new { name = Walk.Model, alias = w.NewName("a") }),
        new("POST", "mlflow/registered-models/alias", ManageProduction, _ => new { name = Walk.Model, alias = "champion", version = "1" }),
        new("DELETE", "mlflow/registered-models/alias", ManageProduction, _ => new { name = Walk.Model, alias = "production" }),

        // Rename and delete the model.
        new("POST", "mlflow/registered-models/rename", ManageModel, async w => new { name = await w.NewModelAsync(), new_name = w.NewName() }),
        new("DELETE", "mlflow/registered-models/delete", ManageModel, async w => new { name = await w.NewModelAsync() }),
    ];

    private static IEnumerable<Row> Versions =>
    [
        // View versions, artifact download URIs; use versions.
        new("GET", "mlflow/model-versions/get", ReadModel, _ => new { name = Walk.Model, version = "1" }),
        new("GET", "mlflow/model-versions/get-download-uri", ReadModel, _ => new { name = Walk.Model, version = "1" }),
        new("GET", "mlflow/model-versions/search", BeKnown, _ => new { }),
        new("GET", "mlflow/model-versions/get-artifact", ReadModel, _ => new { name = Walk.Model, version = "1", path = "f.txt" }),
        new("GET", "model-versions/get-artifact", ReadModel, _ => new { name = Walk.Model, version = "1", path = "f.txt" }),

        // Add a version; edit its description; add and edit tags.
        new("POST", "mlflow/model-versions/create", EditModel, _ => new { name = Walk.Model, source = "s3://bucket/model" }),
        new("PATCH", "mlflow/model-versions/update", EditModel, w => new { name = Walk.Model, version = "1", description = w.NewName() }),
        new("POST", "mlflow/model-versions/set-tag", EditModel, w => new { name = Walk.Model, version = "1", key = "t", value = w.NewName() }),
        new("DELETE", "mlflow/model-versions/delete-tag", EditModel, _ => new { name = Walk.Model, version = "1", key = "t" }),

        // Delete versions.
        new("DELETE", "mlflow/model-versions/delete", ManageModel, async w => new { name = Walk.Model, version = await w.NewVersionAsync() }),

        // Transition a version: only among None, Archived, Staging; any.
        .. Moves("mlflow/model-versions/transition-stage"),
        .. Moves("mlflow/databricks/model-versions/transition-stage"),
    ];

    private static IEnumerable<Row> Review =>
    [
        // Request a stage transition; view requests and activities; comment.
        new("POST", "mlflow/transition-requests/create", ReadModel, async w => new { name = Walk.Model, version = await w.NewVersionAsync(), stage = "Production" }),
        new("GET", "mlflow/transition-requests/list", ReadModel, _ => new { name = Walk.Model, version = "1" }),
        new("GET", "mlflow/activities/list", ReadModel, _ => new { name = Walk.Model, version = "1" }),
        new("POST", "mlflow/comments/create", ReadModel, _ => new { name = Walk.Model, version = "1", comment = "c" }),

        // Approve and reject a request: only among None, Archived, Staging; any.
        .. Decisions("mlflow/transition-requests/approve"),
        .. Decisions("mlflow/transition-requests/reject"),

        // Cancel a request of somebody else; edit and delete somebody else's comment.
        new("DELETE", "mlflow/transition-requests/delete", ManageModel, async w => new
        {
            name = Walk.Model, version = await w.NewRequestAsync(ModelStage.None, ModelStage.Staging), stage = ModelStage.Staging, creator = "root",
        }),
        new("PATCH", "mlflow/comments/update", Administer, async w => new { id = await w.NewCommentAsync(), comment = "d" }),
        new("DELETE", "mlflow/comments/delete", ManageModel, async w => new { id = await w.NewCommentAsync() }),
    ];

    private static IEnumerable<Row> Credentials =>
    [
        // One's own tokens and password.
        new("POST", "token/create", BeKnown, _ => new { }),
        new("GET", "token/list", BeKnown, _ => new { }),
        new("POST", "token/delete", BeKnown, async (_, me) => new { token_id = await Walk.NewTokenAsync(me) }),
        new("POST", "token/delete", Administer, async w => new { token_id = await Walk.NewTokenAsync(w.Admin) }),
        new("PATCH", "token/{token_id}", BeKnown, async (_, me) => new { token_id = await Walk.NewTokenAsync(me), token = new { comment = "c" } }),
        new("PATCH", "token/{token_id}", Administer, async w => new { token_id = await Walk.NewTokenAsync(w.Admin), token = new { comment = "c" } }),
        new("POST", "password/change", BeKnown, _ => new { new_password = "without the current one" }) { Through = HttpStatusCode.BadRequest },

        // Everybody's.
        new("GET", "token-management/tokens", Administer, _ => new { }),
        new("GET", "token-management/tokens/{token_id}", Administer, async (_, me) => new { token_id = await Walk.NewTokenAsync(me) }),
        new("DELETE", "token-management/tokens/{token_id}", Administer, async (_, me) => new { token_id = await Walk.NewTokenAsync(me) }),
        new("POST", "token-management/on-behalf-of/tokens", Administer, w => new { application_id = w.ServicePrincipal }),
        new("POST", "password/set", Administer, (_, me) => Task.FromResult<object>(new { user_name = me.Name })),
    ];

    private static IEnumerable<Row> Identities =>
    [
        new("GET", "preview/scim/v2/Me", BeKnown, _ => new { }),
        .. OfKind("Users", PrincipalKind.User, w => new { userName = w.NewName() }),
        .. OfKind("Groups", PrincipalKind.Group, w => new { displayName = w.NewName() }),
        .. OfKind("ServicePrincipals", PrincipalKind.ServicePrincipal, w => new { displayName = w.NewName() }),
    ];

    // The users and permissions of basic-auth clients.
    private static IEnumerable<Row> BasicAuth =>
    [
        new("POST", "mlflow/users/create", Administer, w => new { username = w.NewName(), password = "correct horse" }),
        new("GET", "mlflow/users/get", BeKnown, (_, me) => Task.FromResult<object>(new { username = me.Name })),
        new("GET", "mlflow/users/get", Administer, async w => new { username = await w.NewUserAsync() }),

        // Everybody is signed in by token here, which is not enough for another password.
        new("PATCH", "mlflow/users/update-password", Administer, (_, me) => Task.FromResult<object>(new { username = me.Name, password = "correct horse" })),
        new("PATCH", "mlflow/users/update-admin", Administer, async w => new { username = await w.NewUserAsync(), is_admin = true }),
        new("DELETE", "mlflow/users/delete", Administer, async w => new { username = await w.NewUserAsync() }),
        new("POST", "mlflow/experiments/permissions/create", ManageExperiment, async w => new { experiment_id = w.Experiment, username = await w.NewUserAsync(), permission = "READ" }),
        new("GET", "mlflow/experiments/permissions/get", ManageExperiment, async w => new { experiment_id = w.Experiment, username = await w.NewReaderAsync() }),
        new("PATCH", "mlflow/experiments/permissions/update", ManageExperiment, async w => new { experiment_id = w.Experiment, username = await w.NewReaderAsync(), permission = "EDIT" }),
        new("DELETE", "mlflow/experiments/permissions/delete", ManageExperiment, async w => new { experiment_id = w.Experiment, username = await w.NewReaderAsync() }),
        new("POST", "mlflow/registered-models/permissions/create", ManageModel, async w => new { name = Walk.Model, username = await w.NewUserAsync(), permission = "READ" }),
        new("GET", "mlflow/registered-models/permissions/get", ManageModel, async w => new { name = Walk.Model, username = await w.NewReaderAsync() }),
        new("PATCH", "mlflow/registered-models/permissions/update", ManageModel, async w => new { name = Walk.Model, username = await w.NewReaderAsync(), permission = "EDIT" }),
        new("DELETE", "mlflow/registered-models/permissions/delete", ManageModel, async w => new { name = Walk.Model, username = await w.NewReaderAsync() }),
    ];

    private static IEnumerable<Row> OfKind(string path, PrincipalKind kind, Func<Walk, object> principal)
    {
        var (all, one) = ($"preview/scim/v2/{path}", $"preview/scim/v2/{path}/{{id}}");
        return
        [
            new("GET", all, Administer, _ => new { }),
            new("POST", all, Administer, principal) { Through = HttpStatusCode.Created },
            new("GET", one, Administer, async w => new { id = await w.NewPrincipalAsync(kind) }),
            new("PUT", one, Administer, async w => new { id = await w.NewPrincipalAsync(kind), displayName = w.NewName() }),
            new("PATCH", one, Administer, async w => new { id = await w.NewPrincipalAsync(kind), Operations = new[] { new { op = "replace", path = "externalId", value = w.NewName() } } })
            {
                Through = kind == PrincipalKind.Group ? HttpStatusCode.NoContent : HttpStatusCode.OK,
            },
            new("DELETE", one, Administer, async w => new { id = await w.NewPrincipalAsync(kind) }) { Through = HttpStatusCode.NoContent },
        ];
    }

    private static IEnumerable<Row> Audit =>
    [
        new("GET", "audit/events", Administer, _ => new { }),
        new("GET", "audit/events", ManageExperiment, w => new { object_type = "experiment", object_id = w.Experiment }),
        new("GET", "audit/events", ManageExperiment, w => new { object_type = "run", object_id = w.Run }),
        new("GET", "audit/events", ManageExperiment, w => new { object_type = "logged_model", object_id = w.LoggedModel }),
        new("GET", "audit/events", ManageModel, _ => new { object_type = "registered_model", object_id = Walk.Model }),
        new("GET", "audit/events", Administer, w => new { object_type = "user", object_id = w.Admin.Name }),
        new("GET", "audit/stage", ReadModel, _ => new { name = Walk.Model, stage = "Production" }),
        new("GET", "audit/verify", Administer, _ => new { }),
    ];

    private static IEnumerable<Row> Moves(string path) => Stages((needs, from, to) => new("POST", path, needs, async w => new
    {
        name = Walk.Model, version = await w.NewVersionAsync(from), stage = to, archive_existing_versions = false,
    }));

    private static IEnumerable<Row> Decisions(string path) => Stages((needs, from, to) => new("POST", path, needs, async w => new
    {
        name = Walk.Model, version = await w.NewRequestAsync(from, to), stage = to, archive_existing_versions = false,
    }));

    private static IEnumerable<Row> Stages(Func<May, string, string, Row> row) =>
    [
        row(ManageStaging, ModelStage.None, ModelStage.Staging),
        row(ManageStaging, ModelStage.Staging, ModelStage.Archived),
        row(ManageStaging, ModelStage.Archived, ModelStage.None),
        row(ManageProduction, ModelStage.None, ModelStage.Production),
        row(ManageProduction, ModelStage.Staging, ModelStage.Production),
        row(ManageProduction, ModelStage.Production, ModelStage.Archived),
        row(ManageProduction, ModelStage.Production, ModelStage.None),
    ];
}
