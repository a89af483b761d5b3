using Dossier.CommandLine.Invocation;
using Dossier.Vision;
using Dossier.Vision.Cli.Commands;

using var stop = new StopSignals();
return await CommandRunner.RunAsync(RootCommands.Create(), args, stop, static error => error is VisionException).ConfigureAwait(false);
