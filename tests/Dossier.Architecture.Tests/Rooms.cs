namespace Dossier.Architecture.Tests;

/// <summary>The house as its plan has it: which project may use which.</summary>
internal static class Rooms
{
    /// <summary>What each project may reference.</summary>
    public static IReadOnlyDictionary<string, string[]> MayUse { get; } = new Dictionary<string, string[]>
    {
        ["Dossier.Protocol"] = [],
        ["Dossier.Core"] = ["Dossier.Protocol"],
        ["Dossier.Storage"] = ["Dossier.Core"],
        ["Dossier.Artifacts"] = ["Dossier.Core"],
        ["Dossier.Client"] = ["Dossier.Protocol"],
        ["Dossier.Reports"] = ["Dossier.Protocol"],
        ["Dossier.Hosting"] = ["Dossier.Protocol"],
        ["Dossier.Web"] = ["Dossier.Protocol", "Dossier.Reports"],
        ["Dossier.Server"] = ["Dossier.Core", "Dossier.Storage", "Dossier.Artifacts", "Dossier.Reports", "Dossier.Hosting", "Dossier.Web"],
        ["Dossier.Vision"] = ["Dossier.Client"],
        ["Dossier.CommandLine"] = ["Dossier.Client"],
        ["Dossier.Cli"] = ["Dossier.Server", "Dossier.Client", "Dossier.Reports", "Dossier.CommandLine"],
        ["Dossier.Vision.Cli"] = ["Dossier.Vision", "Dossier.Client", "Dossier.Hosting", "Dossier.Reports", "Dossier.CommandLine"],
    };

    /// <summary>What a project's code may name: what it may reference, and what comes with that.</summary>
    public static IReadOnlySet<string> Reach(string project)
    {
        var reach = new HashSet<string>();
        var open = new Queue<string>(MayUse[project]);
        while (open.TryDequeue(out var next))
        {
            if (reach.Add(next))
            {
                Array.ForEach(MayUse[next], open.Enqueue);
            }
        }

        return reach;
    }
}
