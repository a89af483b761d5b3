using System.Globalization;
using System.Net.NetworkInformation;

namespace Dossier.Vision.Recording;

/// <summary>Reads what the machine is doing, under the names that MLflow gives it. On Linux from <c>/proc</c>; elsewhere what .NET knows.</summary>
internal sealed class SystemSample
{
    private const double Megabyte = 1e6;
    private readonly (long Received, long Sent) _before = Network();
    private (long Busy, long All)? _cpu;

    public SystemSample() => Try(() => _cpu = Cpu());

    /// <summary>The values of now; CPU since the last call, network since the first.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        var values = new Dictionary<string, double>();
        Try(() => ReadCpu(values));
        Try(() => ReadMemory(values));
        Try(() => ReadDisk(values));
        var (received, sent) = Network();
        values["system/network_receive_megabytes"] = (received - _before.Received) / Megabyte;
        values["system/network_transmit_megabytes"] = (sent - _before.Sent) / Megabyte;
        return values;
    }

    /// <summary>What a machine does not tell is left out: no reason to fail a training, nor to leave out the rest.</summary>
    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException)
        {
            // Then without it.
        }
    }

    private void ReadCpu(Dictionary<string, double> values)
    {
        var now = Cpu();
        if (now is { } current && _cpu is { } last && current.All > last.All)
        {
            values["system/cpu_utilization_percentage"] = 100.0 * (current.Busy - last.Busy) / (current.All - last.All);
        }

        _cpu = now;
    }

    private static void ReadMemory(Dictionary<string, double> values)
    {
        var (total, used) = OperatingSystem.IsLinux() ? LinuxMemory() : (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, GC.GetGCMemoryInfo().MemoryLoadBytes);
        if (total > 0)
        {
            values["system/system_memory_usage_megabytes"] = used / Megabyte;
            values["system/system_memory_usage_percentage"] = 100.0 * used / total;
        }
    }

    private static void ReadDisk(Dictionary<string, double> values)
    {
        var drive = new DriveInfo(Path.GetPathRoot(Environment.CurrentDirectory) ?? "/");
        if (drive is { IsReady: true, TotalSize: > 0 })
        {
            var used = drive.TotalSize - drive.TotalFreeSpace;
            values["system/disk_usage_megabytes"] = used / Megabyte;
            values["system/disk_usage_percentage"] = 100.0 * used / drive.TotalSize;
            values["system/disk_available_megabytes"] = drive.AvailableFreeSpace / Megabyte;
        }
    }

    // First line of /proc/stat: user nice system idle iowait irq softirq steal …, in ticks of all cores.
    private static (long Busy, long All)? Cpu()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(tick => long.Parse(tick, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    private static (long Total, long Used) LinuxMemory()
    {
        var lines = File.ReadLines("/proc/meminfo").Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1).ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture) * 1024);
        return (lines["MemTotal"], lines["MemTotal"] - lines["MemAvailable"]);
    }

    private static (long Received, long Sent) Network()
    {
        try
        {
            var statistics = NetworkInterface.GetAllNetworkInterfaces().Select(one => one.GetIPStatistics()).ToList();
            return (statistics.Sum(one => one.BytesReceived), statistics.Sum(one => one.BytesSent));
        }
        catch (Exception unknown) when (unknown is NetworkInformationException or PlatformNotSupportedException)
        {
            return default;
        }
    }
}
