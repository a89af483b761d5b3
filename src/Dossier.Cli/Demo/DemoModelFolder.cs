using System.Globalization;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Protocol.Yaml;

namespace Dossier.Cli.Demo;

/// <summary>The demo's model on disk: its MLmodel file as recorded, and small placeholders for the 343 MB of its other files.</summary>
internal static class DemoModelFolder
{
    /// <summary>Writes the files.</summary>
    /// <param name="record">The record.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="runId">The run that the MLmodel file names.</param>
    public static void Write(DemoRecord record, string folder, string runId)
    {
        var mlModel = record.MlModel;
        mlModel["run_id"] = new RecordText(runId);
        File.WriteAllText(Path.Combine(folder, MlModelFile.Name), YamlWriter.Write(mlModel));
        foreach (var file in record.ModelFiles)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Placeholder(file));
        }
    }

    private static string Placeholder(ArtifactFile file)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"Placeholder of the Dossier demo: in the recorded run, this file had {file.FileSize} bytes.");
        return Path.GetExtension(file.Path) switch
        {
            ".json" => $$"""{"_comment": "{{text}}"}""" + "\n",
            ".yaml" or ".txt" => $"# {text}\n",
            _ => text + "\n",
        };
    }
}
