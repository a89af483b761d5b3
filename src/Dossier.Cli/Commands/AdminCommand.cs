using System.CommandLine;
using Dossier.Cli.Options;
using Dossier.CommandLine.Invocation;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Commands;

/// <summary><c>dossier admin</c>: what is done to the database itself, by who may reach it.</summary>
internal static class AdminCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The user's name, e.g. an e-mail address" };

    public static Command Create()
    {
        var create = new HelpfulCommand(
            "create",
            "Makes a user an administrator, and the user if need be, and prints a one-time password. It works on the database itself, also while a server runs on it",
            "dossier admin create ann@example.com",
            "dossier admin create ann@example.com --backend-store postgresql://dossier:PASSWORD@db.example.com/dossier",
            "# Then, with the server running, choose a password",
            "dossier password change --user ann@example.com")
        {
            Name, StoreOptions.BackendStore,
        };
        create.SetAction(CreateAsync);
        return new HelpfulCommand(
            "admin",
            "Administrators, on the database itself: the first one, or one more when all have lost their passwords",
            "dossier admin create ann@example.com") { create };
    }

    private static async Task<int> CreateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        await using var record = await DossierRecord.OpenAsync(
            new() { BackendStore = parsed.GetRequiredValue(StoreOptions.BackendStore) }, cancellationToken);
        var password = await record.Domain.Administrators.CreateAsync(name, cancellationToken);
        Console.Out.WriteLine(password);
        Console.Out.Flush();
        Console.Error.WriteLine(
            $"""
            {name} is an administrator. The line above is a one-time password, which is not shown again.
            Start the server with 'dossier server --auth', then choose a password: dossier password change --user {name}
            """);
        return ExitCode.Ok;
    }
}
