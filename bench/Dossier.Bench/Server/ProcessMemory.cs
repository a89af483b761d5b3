using System.Globalization;

namespace Dossier.Bench.Server;

/// <summary>Reads the resident memory of a process with all its children from <c>/proc</c> (Linux).</summary>
public static class ProcessMemory
{
    /// <summary>Resident megabytes (10^6 bytes) now, 0 where the process is gone. Pages that several processes share count for each.</summary>
    public static double ResidentMegabytes(int processId) => Family(processId).Sum(ResidentBytes) / 1e6;

    private static List<int> Family(int root)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (id, parent: Parent(id)))
            .ToLookup(process => process.parent, process => process.id);
        var family = new List<int> { root };
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(parents[family[i]]);
        }

        return family;
    }

    private static int Parent(int processId)
    {
        // The second field is the program's name in brackets and may hold anything: read on from the last bracket.
        var stat = Read(processId, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static long ResidentBytes(int processId)
    {
        var fields = Read(processId, "statm").Split(' ');
        return fields.Length > 1 ? long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (IOException)
        {
            // A process may end between being listed and being read.
            return "";
        }
    }
}
