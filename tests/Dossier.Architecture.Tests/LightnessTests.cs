using System.Text.Json;

namespace Dossier.Architecture.Tests;

/// <summary>The server and the command <c>dossier</c> stay free of Vision and of the hundreds of megabytes that it brings.</summary>
public sealed class LightnessTests
{
    private static readonly string[] Heavy = ["Dossier.Vision", "TorchSharp", "libtorch", "onnxruntime", "Microsoft.ML.", "SkiaSharp", "Parquet.Net"];

    [Theory]
    [InlineData("src/Dossier.Server")]
    [InlineData("src/Dossier.Cli")]
    public void Nothing_that_it_uses_is_of_vision(string project)
    {
        using var locked = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Absolute(project + "/packages.lock.json")));
        var used = locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()).Select(package => package.Name);
        Assert.DoesNotContain(used, IsHeavy);
    }

    [Fact]
    public void The_built_command_names_nothing_of_vision()
    {
        using var built = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "dossier.deps.json")));
        var libraries = built.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name).ToList();
        Assert.Contains(libraries, library => library.StartsWith("Dossier.Server/", StringComparison.Ordinal));
        Assert.DoesNotContain(libraries, IsHeavy);
    }

    [Fact]
    public void No_file_of_vision_lies_beside_the_built_command()
    {
        var files = Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file));
        Assert.DoesNotContain(files, file => IsHeavy(file) || IsHeavy(file.Replace("lib", "", StringComparison.Ordinal)));
    }

    private static bool IsHeavy(string name) => Heavy.Any(heavy => name.StartsWith(heavy, StringComparison.OrdinalIgnoreCase));
}
