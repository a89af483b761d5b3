using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Commands.Audit;

/// <summary><c>dossier audit verify</c>.</summary>
internal static class AuditVerifyCommand
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private static readonly Option<string?> BackendStore = new("--backend-store")
    {
        Description = "Look into this database itself, without a server: sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
        HelpName = "URI",
    };

    private static readonly Option<string?> Head = new("--head")
    {
        Description = "A head that an earlier check printed and that was kept elsewhere: a chain that was written anew as a whole is found by it alone",
        HelpName = "HASH",
    };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "verify",
            "Compares the events with the seals that were set on them, and names the first one that was changed, removed or added since. "
                + "Prints the head: keep it where nobody who can reach the database can, for the next time",
            "dossier audit verify",
            "dossier audit verify --head 3f0c…  # the hash that was written down last month",
            "dossier audit verify --backend-store sqlite:////var/lib/dossier/dossier.db")
        {
            Head, BackendStore, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var head = parsed.GetValue(Head);
        if (head is not null && (head.Length != 64 || !head.All(char.IsAsciiHexDigit)))
        {
            throw new UsageException("'--head' must be the 64 hex digits that an earlier check printed.");
        }

        var result = new AuditVerification();
        var began = TimeProvider.System.GetTimestamp();
        await foreach (var part in PartsAsync(parsed, head, cancellationToken))
        {
            result = part;
            if (part.NextPageToken is not null && TimeProvider.System.GetElapsedTime(began) > Quiet)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Events} events up to {Human.Time(part.SealedAt)} are as they were …"));
            }
        }

        var isGood = result.Problem is null && (head is null || result.FoundHead is not null);
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonOutput.Pretty(result));
        }
        else
        {
            Print(result, head, isGood);
        }

        return isGood ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Print(AuditVerification result, string? head, bool isGood)
    {
        Console.Out.WriteLine(isGood ? "The events are as they were sealed." : "THE EVENTS ARE NOT AS THEY WERE SEALED.");
        Details.Fields(
            ("problem", result.Problem?.Message),
            ("kept head", head is null ? null : FoundText(result)),
            ("checked", string.Create(CultureInfo.InvariantCulture, $"{result.Events} events in {result.Seals} seals")),
            ("not sealed yet", result.Unsealed?.ToString(CultureInfo.InvariantCulture)),
            ("sealed up to", Human.Time(result.SealedAt)),
            ("head", result.Head));
    }

    private static string FoundText(AuditVerification result) => result.FoundHead is { } seal
        ? string.Create(CultureInfo.InvariantCulture, $"is that of seal {seal}: all up to there is what it was then")
        : result.Problem is null ? "no seal has it: the chain was written anew, or the hash is of another database" : "was not met up to the problem";

    private static IAsyncEnumerable<AuditVerification> PartsAsync(ParseResult parsed, string? head, CancellationToken cancellationToken) =>
        parsed.GetValue(BackendStore) is { } uri ? OfDatabaseAsync(uri, head, cancellationToken) : OfServerAsync(parsed, head, cancellationToken);

    private static async IAsyncEnumerable<AuditVerification> OfServerAsync(ParseResult parsed, string? head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        await foreach (var part in client.Audit.VerifyAsync(head, cancellationToken))
        {
            yield return part;
        }
    }

    private static async IAsyncEnumerable<AuditVerification> OfDatabaseAsync(string uri, string? head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sqlite = "sqlite:///";
        if (uri.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) && !File.Exists(uri[Sqlite.Length..]))
        {
            throw new UsageException($"There is no database {uri[Sqlite.Length..]}.");
        }

        await using var record = await DossierRecord.OpenAsync(new() { BackendStore = uri }, cancellationToken);
        var result = new AuditVerification();
        do
        {
            var request = await AuditService.MayVerify.PassAsync(
                record.Domain.Access, Caller.Operator, new(head, result.NextPageToken), cancellationToken);
            result = result.Then(await record.Domain.Audit.VerifyAsync(request, cancellationToken));
            yield return result;
        }
        while (result.NextPageToken is not null);
    }
}
