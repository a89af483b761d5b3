using System.Reflection;
using System.Text.Json;

namespace Dossier.Protocol.Tests;

public sealed class EntityTests
{
    // Answers and requests are whole messages; entities are what they are made of, and servers leave out what they don't know.
    public static TheoryData<Type> Entities { get; } =
    [
        typeof(ArtifactFile), typeof(DatasetInput), typeof(Dataset), typeof(DatasetSummary), typeof(Experiment), typeof(LoggedModel),
        typeof(LoggedModelInfo), typeof(LoggedModelData), typeof(Metric), typeof(ModelVersion), typeof(Param), typeof(RegisteredModel),
        typeof(ModelAlias), typeof(Run), typeof(RunInfo), typeof(RunData), typeof(RunInputs), typeof(RunOutputs), typeof(ModelInput),
        typeof(ModelOutput), typeof(Tag), typeof(PartCredential),
    ];

    [Theory]
    [MemberData(nameof(Entities))]
    public void What_an_answer_leaves_out_or_says_as_null_is_never_null_where_the_type_promises_a_value(Type entity)
    {
        var promised = entity.GetProperties()
            .Where(property => !property.PropertyType.IsValueType)
            .Where(property => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull)
            .ToList();
        foreach (var json in new[] { "{}", AllNull(promised, entity) })
        {
            var read = JsonSerializer.Deserialize(json, WireJson.Options.GetTypeInfo(entity));
            Assert.All(promised, property => Assert.NotNull(property.GetValue(read)));
        }
    }

    [Fact]
    public void A_run_of_a_server_that_knows_no_outputs_has_none()
    {
        var run = JsonSerializer.Deserialize("""{"info": {"run_id": "r"}}""", WireJson.TypeInfo<Run>())!;
        Assert.Null(run.Outputs.ModelOutputs);
        Assert.Equal((RunStatus.Running, LifecycleStage.Active), (run.Info.Status, run.Info.LifecycleStage));
    }

    private static string AllNull(List<PropertyInfo> promised, Type entity)
    {
        var names = WireJson.Options.GetTypeInfo(entity).Properties
            .Where(member => promised.Any(property => property.Name == ((PropertyInfo?)member.AttributeProvider)?.Name))
            .Select(member => $"\"{member.Name}\": null");
        return $"{{{string.Join(',', names)}}}";
    }
}
