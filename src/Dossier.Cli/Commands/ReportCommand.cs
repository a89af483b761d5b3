using System.CommandLine;
using Dossier.Cli.Output;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Reports;
using Dossier.Reports.Collect;
using Dossier.Reports.Data;
using Dossier.Reports.Layouts;

namespace Dossier.Cli.Commands;

/// <summary><c>dossier report</c>.</summary>
internal static class ReportCommand
{
    private const string MarkdownExtension = ".md";
    private const string ModelFirst = "model-first";
    private const string VersionFirst = "version-first";

    // What earlier releases called model-first.
    private const string OldModelFirst = "seed";

    private static readonly Argument<ModelUri> Uri = ModelUriArgument.Create(
        "models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest, models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, "
            + "data:FILE.json (a data document, no server needed) or an artifact URI");

    private static readonly Option<string?> Output = new("--output", "--output-file", "-o")
    {
        Description = "Write the report to this file instead of standard output; .md is added if it is missing",
        HelpName = "FILE",
    };

    private static readonly Option<string?> OutputData = new("--output-data", "--output-data-file")
    {
        Description = "Also write the data document that the report is made from, as JSON",
        HelpName = "FILE",
    };

    private static readonly Option<bool> ShowAsJson = new("--show-as-json") { Description = "Show flavors as JSON instead of tables" };

    private static readonly Option<bool> ShowManifest = new("--show-manifest") { Description = "Show where and when the report was made" };

    private static readonly Option<bool> ShowInputs = new("--show-inputs") { Description = "Show the datasets that the run used" };

    private static readonly Option<SectionOrder> Order = CreateOrder();

    private static readonly Option<bool> Permissions = new("--permissions", "--get-permissions")
    {
        Description = "Include permissions (Dossier and Databricks servers only)",
    };

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "report",
            "Prints a model's whole record as one Markdown report",
            "dossier report models:/pcb/Production --output pcb.md",
            "dossier report models:/pcb@champion --tracking-uri http://mlflow.example.com:5000 > pcb.md",
            "dossier report runs:/815123f2db9b49cdb9790c6a0371a4da/model --output pcb.md --output-data pcb.data.json",
            "# Include the permissions on the model and its experiment",
            "dossier report models:/pcb/1 --permissions",
            "dossier report models:/pcb/1 --tracking-uri databricks://PROFILE --permissions",
            "# The same report again, from the data document alone",
            "dossier report data:pcb.data.json")
        {
            Uri, TrackingOptions.TrackingUri, Output, OutputData, ShowAsJson, ShowManifest, ShowInputs, Order, Permissions,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(Uri);
        var data = uri is ModelUri.OfData file
            ? await DataDocumentFile.ReadAsync(file, cancellationToken)
            : await CollectAsync(uri, parsed, cancellationToken);
        if (parsed.GetValue(OutputData) is { } dataFile)
        {
            await WriteFileAsync(dataFile, data.ToBytes(), cancellationToken);
        }

        var options = new LayoutOptions
        {
            ShowAsJson = parsed.GetValue(ShowAsJson),
            ShowManifest = parsed.GetValue(ShowManifest),
            ShowInputs = parsed.GetValue(ShowInputs),
            SectionOrder = parsed.GetValue(Order),
        };
        var report = ReportRenderer.ToMarkdown(data, options, new ShownManifest { Source = (uri as ModelUri.OfData)?.File });
        if (parsed.GetValue(Output) is { } output)
        {
            var name = output.EndsWith(MarkdownExtension, StringComparison.Ordinal) ? output : output + MarkdownExtension;
            await WriteFileAsync(name, ReportOutput.Utf8.GetBytes(report), cancellationToken);
        }
        else
        {
            ReportOutput.Write(report);
        }

        RequireRecord(data, uri);
        return ExitCode.Ok;
    }

    private static async Task<DataDocument> CollectAsync(ModelUri uri, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var options = new CollectOptions { Permissions = parsed.GetValue(Permissions) };
        return await new RecordCollector(client.Records, TimeProvider.System, options).CollectAsync(uri, cancellationToken);
    }

    private static async Task WriteFileAsync(string file, byte[] bytes, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(file, bytes, cancellationToken);
        Console.Error.WriteLine($"Wrote {SafeText.OneLine(file)}");
    }

    // A report that contains nothing but an error is printed, but a script must notice.
    private static void RequireRecord(DataDocument data, ModelUri uri)
    {
        if (new RecordView(data).Failure is { } why)
        {
            throw ProtocolException.NotFound($"The model '{uri.Text}' could not be read: {why}");
        }
    }

    private static Option<SectionOrder> CreateOrder()
    {
        var order = new Option<SectionOrder>("--section-order")
        {
            Description = "Registered model before its version (model-first) or after it (version-first) [default: model-first]",
            HelpName = $"{ModelFirst}|{VersionFirst}",
            CustomParser = static result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case ModelFirst or OldModelFirst:
                        return SectionOrder.ModelFirst;
                    case VersionFirst:
                        return SectionOrder.VersionFirst;
                    case var other:
                        result.AddError($"'{other}' is not a valid section order: use {ModelFirst} or {VersionFirst}.");
                        return default;
                }
            },
        };
        order.CompletionSources.Clear();
        order.CompletionSources.Add(ModelFirst, VersionFirst);
        return order;
    }
}
