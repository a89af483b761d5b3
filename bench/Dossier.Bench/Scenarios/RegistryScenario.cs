using Dossier.Bench.Http;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>Registered models and their versions: creating, getting, searching.</summary>
internal static class RegistryScenario
{
    private const int Writers = 8;

    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        // Names sort as the models were made: writer, then number.
        var prefix = ScenarioContext.FreshName("model");
        var models = CreateModels(context, calls, prefix);
        var model = $"{prefix}-0-000000";
        var versions = CreateVersions(context, calls, prefix, models);

        var get = RequestTemplate.Get(context.Target, $"{MlflowCalls.Api}/registered-models/get?name={model}");
        Expect.Equal("the name of a model", model, calls.Answer(get).GetProperty("registered_model").GetProperty("name").GetString());
        context.Add("registered model get", 1, context.Load(1, _ => _ => get.Bytes));

        var total = models.Sum();
        Search("registered models, first 100", $"/registered-models/search?filter={Like(prefix, "%")}&max_results=100", "registered_models", Math.Min(100, total));
        Search("registered models, one by its name", $"/registered-models/search?filter={Uri.EscapeDataString($"name='{model}'")}&max_results=100", "registered_models", 1);
        Search("model versions, those of one model", $"/model-versions/search?filter={Uri.EscapeDataString($"name='{model}'")}&max_results=100", "model_versions", versions);
        Search("model versions, first 1,000", "/model-versions/search?max_results=1000", "model_versions", null);

        void Search(string what, string path, string list, int? expected) => context.AddRepeated(
            $"search of {what}",
            RequestTemplate.Get(context.Target, MlflowCalls.Api + path),
            answer => Expect.Equal($"the {list} found", expected ?? Math.Min(1000, calls.CountPages("/model-versions/search?max_results=10000", "model_versions")), answer.Count(list)));
    }

    /// <summary>How many models each writer made.</summary>
    private static IReadOnlyList<int> CreateModels(ScenarioContext context, MlflowCalls calls, string prefix)
    {
        var perWriter = context.Sizes.Models / Writers;
        var result = context.Load(Writers, number =>
        {
            var request = Post(context.Target, MlflowCalls.Api + "/registered-models/create", $$"""{"name":"{{prefix}}-{{number}}-{{Number(6)}}","tags":[{"key":"team","value":"vision"}],"description":"measured"}""");
            return index => index < perWriter ? request.With(index) : default;
        });
        Expect.Equal("the registered models", result.Acknowledged.Sum(), calls.CountPages($"/registered-models/search?filter={Like(prefix, "%")}&max_results=1000", "registered_models"));
        context.Add("registered model creation", Writers, result);
        return result.Acknowledged;
    }

    /// <summary>How many versions the first writer's first model got.</summary>
    private static int CreateVersions(ScenarioContext context, MlflowCalls calls, string prefix, IReadOnlyList<int> models)
    {
        var each = context.Sizes.VersionsPerModel;
        var result = context.Load(Writers, number =>
        {
            var request = Post(context.Target, MlflowCalls.Api + "/model-versions/create", $$"""{"name":"{{prefix}}-{{number}}-{{Number(6)}}","source":"mlflow-artifacts:/0/bench/artifacts/model","tags":[{"key":"stage","value":"new"}]}""");
            return index => index < models[number] * each ? request.With(index / each) : default;
        });
        Expect.Equal("the model versions", result.Acknowledged.Sum(), calls.CountPages($"/model-versions/search?filter={Like(prefix, "%")}&max_results=10000", "model_versions"));
        context.Add("model version creation", Writers, result);
        return Math.Min(each, result.Acknowledged[0]);
    }

    private static string Like(string prefix, string rest) => Uri.EscapeDataString($"name LIKE '{prefix}{rest}'");
}
