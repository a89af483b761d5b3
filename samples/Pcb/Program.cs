using Dossier.Samples.Pcb;
await using var s = await SampleServer.StartAsync(Directory.CreateTempSubdirectory().FullName, default);
Console.WriteLine(s.Url);
