namespace Dossier.Cli.Tests;

public sealed class SeedPermissionsTests
{
    private const string Heading = "\n## Permissions\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_seeds_people_and_grants_give_the_seeds_two_blocks_of_permissions_byte_for_byte(bool onPostgres)
    {
        await using var server = await SeedServer.StartAsync(onPostgres);

        var report = (await server.RunAsync("report", "models:/dbdemos_pcb_classification/1", "--get-permissions")).Good().Output;

        var seed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "fixtures", "pcb-model-report.md"), TestContext.Current.CancellationToken);
        Assert.Equal(OfModel(seed), OfModel(report));
        Assert.Equal(OfExperiment(seed), OfExperiment(report));
        Assert.Contains("\n|user_id|andre@mycompany.com|\n|id|b4e61c7c063440149cd2439490075737|\n|permission_level|CAN_MANAGE|\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_lacks_is_told_with_how_to_grant_it_and_who_can()
    {
        await using var server = await SeedServer.StartAsync(onPostgres: false, "bob");
        const string Target = $"experiments/{SeedServer.ExperimentId}";
        (await server.RunAsync("permissions", "grant", Target, "user:bob=CAN_READ")).Good();

        var no = (await server.RunAsync("permissions", "explain", Target, "--user", "bob", "--level", "CAN_EDIT")).Failed(1).Output;

        Assert.Matches(
            $"""
            ^no: user:bob has CAN_READ on {Target}, and CAN_EDIT is missing.
              CAN_READ, because bob was granted it on {Target} itself by andre@mycompany.com on \d\d\d\d-\d\d-\d\d \d\d:\d\d.
            To grant it: dossier permissions grant {Target} user:bob=CAN_EDIT
            which takes CAN_MANAGE, as these have it: sp:038455d4-e5ec-4544-b6cf-64d55b91fee1, user:andre@mycompany.com, group:admins
            $
            """,
            no);
    }

    private static string OfModel(string report)
    {
        var start = report.IndexOf(Heading, StringComparison.Ordinal);
        return report[start..report.IndexOf("\n# Registered Model Version\n", start, StringComparison.Ordinal)];
    }

    private static string OfExperiment(string report) => report[report.LastIndexOf(Heading, StringComparison.Ordinal)..];
}
