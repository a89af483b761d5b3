using Dossier.CommandLine.Invocation;
using Dossier.Vision;
using Dossier.Vision.Boards;
using Dossier.Vision.Cli.Commands;

using var stop = new StopSignals();
return await CommandRunner.RunAsync(RootCommands.Create(), args, stop, static error => error is VisionException or BoardException).ConfigureAwait(false);
