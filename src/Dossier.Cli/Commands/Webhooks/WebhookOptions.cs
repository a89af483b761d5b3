using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Webhooks;

/// <summary>The options that say what a webhook is to be. Its secrets come from files, standard input or the environment: a command line is seen by others.</summary>
internal static class WebhookOptions
{
    private const string SecretVariable = "DOSSIER_WEBHOOK_SECRET";
    private const string AuthorizationVariable = "DOSSIER_WEBHOOK_AUTHORIZATION";
    private const int LongestSecret = 64 * 1024;

    public static Argument<string> Id { get; } = new("id") { Description = "The webhook's id, as 'dossier webhooks list' shows it" };

    public static Option<string?> Model { get; } = new("--model", "-m")
    {
        Description = "The registered model whose events it sends [default: all models, for administrators]",
        HelpName = "NAME",
    };

    /// <summary>What it tells.</summary>
    public static Option<string[]> Event { get; } = new("--event", "-e")
    {
        Description = $"An event to send; repeat it for more. {string.Join(", ", RegistryWebhookEvent.All)}",
        HelpName = "EVENT",
    };

    public static Option<string?> Url { get; } = new("--url") { Description = "The receiver's https URL", HelpName = "URL" };

    public static Option<string?> Description { get; } = new("--description") { Description = "What it is for", HelpName = "TEXT" };

    public static Option<string?> Status { get; } = Among("--status", "ACTIVE, DISABLED, or TEST_MODE (sends only test messages)");

    /// <summary>Whether any certificate is taken.</summary>
    public static Option<bool?> InsecureTls { get; } = new("--insecure-tls")
    {
        Description = "Accept any certificate of the receiver; '--insecure-tls false' checks it again",
    };

    /// <summary>Where the key of signatures is read from.</summary>
    public static Option<string?> SecretFile { get; } = new("--secret-file")
    {
        Description = $"Read the signing key from this file, '-' for standard input; an empty file removes it [default: ${SecretVariable}]",
        HelpName = "FILE",
    };

    /// <summary>Where the header <c>Authorization</c> is read from.</summary>
    public static Option<string?> AuthorizationFile { get; } = new("--authorization-file")
    {
        Description = $"Read the Authorization header, e.g. 'Bearer …', from this file, '-' for standard input; an empty file removes it [default: ${AuthorizationVariable}]",
        HelpName = "FILE",
    };

    /// <summary>Where to send to, with the secrets; null where nothing is said of it.</summary>
    public static async Task<HttpUrlSpec?> SpecAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (secretFile, authorizationFile) = (parsed.GetValue(SecretFile), parsed.GetValue(AuthorizationFile));
        if (secretFile == "-" && authorizationFile == "-")
        {
            throw new UsageException("Only one of --secret-file and --authorization-file can be standard input.");
        }

        var spec = new HttpUrlSpec
        {
            Url = parsed.GetValue(Url),
            EnableSslVerification = parsed.GetValue(InsecureTls) is { } insecure ? !insecure : null,
            Secret = await SecretAsync(secretFile, SecretVariable, cancellationToken),
            Authorization = await SecretAsync(authorizationFile, AuthorizationVariable, cancellationToken),
        };
        return spec is { Url: null, EnableSslVerification: null, Secret: null, Authorization: null } ? null : spec;
    }

    private static async Task<string?> SecretAsync(string? file, string variable, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(variable);
        }

        using var reader = file == "-" ? Console.In : new StreamReader(file);
        var text = new char[LongestSecret];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return length < LongestSecret
            ? new string(text, 0, length).TrimEnd('\r', '\n')
            : throw new UsageException("The secret's file is too long.");
    }

    private static Option<string?> Among(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "STATUS" };
        option.AcceptOnlyFromAmong(WebhookStatus.Active, WebhookStatus.Disabled, WebhookStatus.TestMode);
        return option;
    }
}
