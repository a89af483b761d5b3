using Dossier.Bench.Load;
using Dossier.Bench.Server;

namespace Dossier.Bench.Scenarios;

/// <summary>How fast a server is there, and what it holds in memory when nobody asks it anything.</summary>
internal static class StartScenario
{
    public static async Task RunAsync(ScenarioContext context)
    {
        if (context.Command is null)
        {
            context.Skip("it needs --server");
            return;
        }

        var (first, again, idle) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < context.Sizes.Starts; i++)
        {
            var folder = Directory.CreateTempSubdirectory("dossier-bench-start-");
            try
            {
                using (var server = await ServerProcess.StartAsync(context.Command, folder.FullName, context.Stop))
                {
                    first.Add(server.StartTime.TotalMilliseconds);
                }

                using (var server = await ServerProcess.StartAsync(context.Command, folder.FullName, context.Stop))
                {
                    again.Add(server.StartTime.TotalMilliseconds);
                    if (i == 0)
                    {
                        await Task.Delay(context.Sizes.IdleTime, context.Stop);
                        idle.Add(ProcessMemory.ResidentMegabytes(server.Target.ProcessId!.Value));
                    }
                }
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        context.Add($"start on an empty folder, median of {first.Count}", first.Order().ToList().AtQuantile(0.5), "ms");
        context.Add($"start on an existing database, median of {again.Count}", again.Order().ToList().AtQuantile(0.5), "ms");
        context.Add($"idle memory, {context.Sizes.IdleTime.TotalSeconds:0} s after the start", idle[0], "MB");
    }
}
