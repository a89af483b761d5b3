using System.Diagnostics;
using System.Runtime.InteropServices;
using Dossier.Bench.Load;
using Microsoft.Win32.SafeHandles;

namespace Dossier.Bench.Scenarios;

/// <summary>
/// What the disk alone takes: an acknowledged write waits for one sync, so a single connection cannot be faster than this,
/// whatever the server.
/// </summary>
internal static partial class DiskScenario
{
    private const int PageBytes = 4096;

    public static void Run(ScenarioContext context)
    {
        if (context.DataFolder is not { } folder)
        {
            context.Skip("it needs --server or --data-folder");
            return;
        }

        var path = Path.Combine(folder, $"sync-{Guid.NewGuid():N}");
        var page = new byte[PageBytes];
        var samples = new List<Sample>();
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose))
        {
            for (var i = 0; i < context.Sizes.Syncs; i++)
            {
                context.Stop.ThrowIfCancellationRequested();
                var began = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, page, (long)i * PageBytes);
                if (DataSync(file) != 0)
                {
                    throw new BenchException($"fdatasync failed in {folder}: error {Marshal.GetLastPInvokeError()}.");
                }

                samples.Add(new Sample(began, Stopwatch.GetTimestamp()));
            }
        }

        context.Add("disk: append 4 KiB and fdatasync", LoadResult.Of([samples]));
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);
}
