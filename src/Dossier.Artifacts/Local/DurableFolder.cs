using System.Runtime.InteropServices;

namespace Dossier.Artifacts.Local;

/// <summary>Folders whose entries survive a power cut: a new or renamed entry is durable only once its folder is synced.</summary>
internal static partial class DurableFolder
{
    // ENOENT, the same on every Unix.
    private const int NotFound = 2;

    /// <summary>Creates a folder with its parents and syncs the parent of each one that is new.</summary>
    public static void Create(string path)
    {
        var missing = new Stack<string>();
        for (var folder = path; !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
        {
            missing.Push(folder);
        }

        Directory.CreateDirectory(path);
        foreach (var folder in missing)
        {
            Sync(Path.GetDirectoryName(folder)!);
        }
    }

    /// <summary>Writes the folder's entries to disk.</summary>
    /// <exception cref="IOException">The folder can't be opened or synced.</exception>
    public static void Sync(string path)
    {
        // Windows syncs folder entries with the file and has no call for it.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            // A folder that was deleted meanwhile has nothing to keep.
            if (Marshal.GetLastPInvokeError() == NotFound)
            {
                return;
            }

            throw Failed(path);
        }

        try
        {
            if (Fsync(descriptor) != 0)
            {
                throw Failed(path);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string path) =>
        new($"Folder {path} can't be synced: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
