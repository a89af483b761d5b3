using System.Text.Json;

namespace Dossier.Durability.Tests;

/// <summary>A registered model that is created and gets versions with tags.</summary>
internal sealed class ModelStory(string name) : Story
{
    private const int Versions = 10;

    /// <inheritdoc/>
    public override async Task WriteAsync(HttpClient client)
    {
        await DoAsync("its creation", ["tag a=" + name, "tag b=" + name], () =>
            client.WriteAsync("registered-models/create", new { name, tags = Tags() }));
        for (var i = 1; i <= Versions; i++)
        {
            // One writer a model, so its numbers are known.
            string[] keys = [$"version {i}", $"version {i} tag a={name}", $"version {i} tag b={name}"];
            var answer = await DoAsync($"version {i}", keys, () =>
                client.WriteAsync("model-versions/create", new { name, source = "mlflow-artifacts:/0/durability/artifacts/model", tags = Tags() }));
            Assert.Equal($"{i}", answer.GetProperty("model_version").Text("version"));
        }
    }

    /// <inheritdoc/>
    public override async Task CheckAsync(HttpClient client)
    {
        if (await client.ReadAsync("registered-models/get", ("name", name)) is not { } answer)
        {
            CompareAbsent();
            return;
        }

        var versions = await client.ReadAsync("model-versions/search", ("filter", $"name = '{name}'"), ("max_results", "100"));
        Compare(
        [
            .. Found(answer.GetProperty("registered_model")),
            .. versions!.Value.Items("model_versions").SelectMany(version => Found(version).Select(tag => $"version {version.Text("version")} {tag}").Prepend($"version {version.Text("version")}")),
        ]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Registered model {name}";

    private static IEnumerable<string> Found(JsonElement tagged) => tagged.Items("tags").Select(tag => $"tag {tag.Text("key")}={tag.Text("value")}");

    private object[] Tags() => [new { key = "a", value = name }, new { key = "b", value = name }];
}
