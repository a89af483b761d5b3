namespace Dossier.Artifacts.Local;

/// <summary>Removes what crashes and clients that never came back left in the staging folder.</summary>
internal static class StagingCleaner
{
    // Long enough for any upload that still lives; other servers may share the folder, so only age says that it does not.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(7);

    /// <summary>Deletes entries untouched for a week.</summary>
    public static void Clean(ArtifactFolder folder, TimeProvider time)
    {
        var oldest = (time.GetUtcNow() - Abandoned).UtcDateTime;
        foreach (var entry in new DirectoryInfo(folder.Staging).EnumerateFileSystemInfos())
        {
            if (entry.LastWriteTimeUtc >= oldest)
            {
                continue;
            }

            _ = folder.Discard(entry.FullName);
        }
    }
}
