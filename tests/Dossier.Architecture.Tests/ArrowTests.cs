using System.Reflection;
using System.Xml.Linq;

namespace Dossier.Architecture.Tests;

/// <summary>Holds the arrows between the projects.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string> Projects => [.. RepositoryFiles.In("src").Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))];

    public static TheoryData<string> Assemblies => [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)).Where(IsRoom)];

    [Fact]
    public void No_arrow_of_the_plan_points_back() =>
        Assert.All(Rooms.MayUse.Keys, project => Assert.DoesNotContain(project, Rooms.Reach(project)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_plan_lets_it(string file)
    {
        var project = Path.GetFileNameWithoutExtension(file);
        Assert.True(Rooms.MayUse.ContainsKey(project), $"{project} is not in the plan of the house: say in {nameof(Rooms)} what it may use.");
        var references = XDocument.Load(RepositoryFiles.Absolute(file)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(Rooms.MayUse[project]));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_names_only_types_within_its_projects_reach(string assembly)
    {
        var used = Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!).Where(IsRoom).Select(Project);
        Assert.Empty(used.Except(Rooms.Reach(Project(assembly))));
    }

    /// <summary>The command's assembly bears the command's name.</summary>
    private static string Project(string assembly) => assembly == "dossier" ? "Dossier.Cli" : assembly;

    private static bool IsRoom(string assembly) => Rooms.MayUse.ContainsKey(Project(assembly));
}
