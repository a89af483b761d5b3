using Dossier.Cli.Invocation;

using var stop = new StopSignals();
return await CommandRunner.RunAsync(args, stop).ConfigureAwait(false);
