using Dossier.Core.Artifacts;
using Dossier.Protocol;

namespace Dossier.Artifacts.Local;

/// <summary>The root folder and the way from an artifact path to a place in it that no symbolic link leads out of.</summary>
internal sealed class ArtifactFolder
{
    private const string StagingName = ".dossier-staging";
    private const int MaxAttempts = 100;

    private readonly TimeProvider _clock;
    private long _lastStamp;

    /// <summary>Opens the folder, making it if it is missing.</summary>
    /// <param name="root">Where it is; may itself be a link, which is followed once, here.</param>
    /// <param name="clock">The clock.</param>
    public ArtifactFolder(string root, TimeProvider clock)
    {
        _clock = clock;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        DurableFolder.Create(full);
        Root = new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        Staging = Path.Combine(Root, StagingName);
        DurableFolder.Create(Staging);
    }

    /// <summary>The root, absolute.</summary>
    public string Root { get; }

    /// <summary>Where unfinished writes lie: on the root's volume, so that finishing one is a rename; no artifact path leads here.</summary>
    public string Staging { get; }

    /// <summary>The place of an artifact.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> if a symbolic link or the staging folder is on the way.</exception>
    public string Locate(ArtifactPath path)
    {
        var place = Root;
        foreach (var segment in path.Value.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            place = Path.Combine(place, segment);
            if (IsHidden(new FileInfo(place)))
            {
                throw ProtocolException.Invalid($"Invalid path: '{path}' leads through '{segment}', which is not a file or folder of an artifact.");
            }
        }

        return place;
    }

    /// <summary>As <see cref="Locate"/>, for a file that will be written; nothing is made yet.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> if the path is a folder's or has a file where a folder must be.</exception>
    public string LocateForWrite(ArtifactPath path)
    {
        var place = Locate(path);
        if (path == ArtifactPath.Root || Directory.Exists(place))
        {
            throw ProtocolException.Invalid($"Invalid path: '{path}' is a folder; a file needs a name of its own.");
        }

        for (var parent = Path.GetDirectoryName(place)!; parent.Length > Root.Length; parent = Path.GetDirectoryName(parent)!)
        {
            if (File.Exists(parent))
            {
                throw ProtocolException.Invalid($"Invalid path: '{path}' has a file where a folder must be.");
            }
        }

        return place;
    }

    /// <summary>Starts an empty file in the staging folder.</summary>
    public StagedFile Stage() => new(Staging);

    /// <summary>Puts a staged file at its place, making the folders on the way.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>, as <see cref="LocateForWrite"/>.</exception>
    public void Publish(StagedFile staged, ArtifactPath path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var target = LocateForWrite(path);
            try
            {
                DurableFolder.Create(Path.GetDirectoryName(target)!);
                staged.Publish(target, NextTime());
                return;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && attempt < MaxAttempts)
            {
                // Somebody else deletes the folder or puts something in its way at this moment: what is there now decides.
            }
        }
    }

    /// <summary>Removes a file, or a folder with all in it, at once for whoever looks; false if it isn't there.</summary>
    public bool Discard(string place)
    {
        var grave = Path.Combine(Staging, $"deleted.{Guid.NewGuid():N}");
        try
        {
            Directory.Move(place, grave);
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException)
        {
            return false;
        }

        Bury(grave);
        return true;
    }

    // The file system's own clock may stand still for milliseconds: two files written in a row would look the same.
    public DateTime NextTime()
    {
        while (true)
        {
            var last = Volatile.Read(ref _lastStamp);
            var next = Math.Max(_clock.GetUtcNow().UtcTicks, last + 1);
            if (Interlocked.CompareExchange(ref _lastStamp, next, last) == last)
            {
                return new(next, DateTimeKind.Utc);
            }
        }
    }

    // Who had found the way in before the folder was moved may still put files there, or take some away.
    private static void Bury(string grave)
    {
        for (var attempt = 1; Directory.Exists(grave); attempt++)
        {
            try
            {
                // Does not follow links: one inside is removed, not what it points to.
                Directory.Delete(grave, recursive: true);
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                Thread.Yield();
            }
        }

        File.Delete(grave);
    }

    /// <summary>Whether an entry is not to be shown: a link, or the staging folder.</summary>
    public bool IsHidden(FileSystemInfo entry) =>
        entry.LinkTarget is not null || string.Equals(entry.FullName, Staging, StringComparison.OrdinalIgnoreCase);
}
