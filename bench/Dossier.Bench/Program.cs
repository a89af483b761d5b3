using Dossier.Bench;

var command = BenchOptions.Command();
command.SetAction(BenchRun.GoAsync);
return await command.Parse(args).InvokeAsync();
