using System.Collections.Concurrent;

namespace Dossier.Vision.Data.Sources;

/// <summary>The folder that a data set's files lie in. What a list of files names is never taken from outside of it, by <c>..</c> or by a link.</summary>
internal sealed class DataRoot
{
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, bool> _plain = new(StringComparer.Ordinal);

    public DataRoot(string folder) => _folder = Path.GetFullPath(folder);

    /// <summary>The full path of a file that is named relative to the root, with <c>/</c> or <c>\</c>.</summary>
    /// <exception cref="VisionException">The name leads out of the root.</exception>
    public string Resolve(string name)
    {
        var steps = name.Split('/', '\\').Where(step => step is not ("" or ".")).ToArray();
        if (steps.Length == 0 || name[0] is '/' or '\\' || Path.IsPathRooted(name) || name.Contains('\0', StringComparison.Ordinal) || steps.Contains(".."))
        {
            throw new VisionException("The path leads out of the data's folder; a path relative to it is expected.");
        }

        var path = _folder;
        foreach (var step in steps)
        {
            path = Path.Combine(path, step);
            var plain = path.Length > _folder.Length && step == steps[^1] ? IsPlain(path) : _plain.GetOrAdd(path, IsPlain);
            if (!plain)
            {
                throw new VisionException("The path goes through a link; links are not followed, since they may lead out of the data's folder.");
            }
        }

        return path;
    }

    private static bool IsPlain(string path) => new FileInfo(path).LinkTarget is null;
}
