using Dossier.CommandLine.Invocation;
using Dossier.Samples.Pcb;
using Dossier.Vision;

using var stop = new StopSignals();
return await CommandRunner.RunAsync(SampleCommand.Create(), args, stop, static error => error is VisionException);
