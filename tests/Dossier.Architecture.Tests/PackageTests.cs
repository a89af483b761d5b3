using System.Xml.Linq;

namespace Dossier.Architecture.Tests;

/// <summary>Rules for packages: one place for versions, every build from locked ones, and no registry that a file insists on.</summary>
public sealed class PackageTests
{
    private const string Central = "Directory.Packages.props";
    private const string Org = ".org";
    private const string Com = ".com";

    // In two parts, so that this file does not name what it forbids.
    private static readonly string[] RegistryHosts = ["nuget" + Org, "npmjs" + Org, "npmjs" + Com, "pypi" + Org, "pythonhosted" + Org, "debian" + Org, "pkgs.dev.azure" + Com];

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var missing = RepositoryFiles.EndingWith(".csproj")
            .Select(project => Path.GetDirectoryName(project) + "/packages.lock.json")
            .Where(file => !File.Exists(RepositoryFiles.Absolute(file)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Package_versions_stand_only_in_the_central_file()
    {
        var elsewhere = RepositoryFiles.EndingWith(".csproj", ".props", ".targets").Where(file => file != Central).SelectMany(file =>
            XDocument.Load(RepositoryFiles.Absolute(file)).Descendants()
                .Where(element => element.Name.LocalName == "PackageVersion"
                    || (element.Name.LocalName == "PackageReference" && (element.Attribute("Version") ?? element.Attribute("VersionOverride")) is not null))
                .Select(element => $"{file}: {element}"));
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void A_central_version_is_exact()
    {
        var floating = XDocument.Load(RepositoryFiles.Absolute(Central)).Descendants("PackageVersion")
            .Select(package => package.Attribute("Version")!.Value)
            .Where(version => version.AsSpan().IndexOfAny("*[]()") >= 0);
        Assert.Empty(floating);
    }

    // Where packages come from is a setting of the machine that builds, often a mirror behind a firewall. A file that names a registry, in a
    // script, a NuGet configuration or an image's sources, makes that build fail or go past the mirror; a command in a page does so for readers.
    [Fact]
    public void No_file_names_a_package_registry()
    {
        var naming = RepositoryFiles.All.Where(file => file != "LICENSE" && !RepositoryFiles.IsFixture(file)).Where(file =>
        {
            var text = File.ReadAllText(RepositoryFiles.Absolute(file));
            return RegistryHosts.Any(host => text.Contains(host, StringComparison.OrdinalIgnoreCase));
        });
        Assert.Empty(naming.Select(file => $"{file} names a package registry: leave it to the machine's own configuration, so that mirrors work."));
    }
}
