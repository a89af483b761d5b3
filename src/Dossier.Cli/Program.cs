using Dossier.Cli.Commands;
using Dossier.CommandLine.Invocation;
using Dossier.Server.Hosting;
using Dossier.Storage;

using var stop = new StopSignals();
return await CommandRunner.RunAsync(RootCommands.Create(), args, stop, static error => error is ServerOptionsException or StoreOpenException).ConfigureAwait(false);
