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

    /// <summary>The webhook's id.</summary>
    public static Argument<string> Id { get; } = new("id") { Description = "The webhook's id, as 'dossier webhooks list' shows it" };

    /// <summary>The registered model.</summary>
    public static Option<string?> Model { get; } = new("--model", "-m")
    {
        Description = "The registered model that it is about [default: all, which is for administrators]",
        HelpName = "NAME",
    };

    /// <summary>What it tells.</summary>
    public static Option<string[]> Event { get; } = new("--event", "-e")
    {
        Description = $"What it tells; repeat it for more. {string.Join(", ", RegistryWebhookEvent.All)}",
        HelpName = "EVENT",
    };

    /// <summary>Where to.</summary>
    public static Option<string?> Url { get; } = new("--url") { Description = "Where it sends to, by https", HelpName = "URL" };

    /// <summary>Free text.</summary>
    public static Option<string?> Description { get; } = new("--description") { Description = "What it is for", HelpName = "TEXT" };

    /// <summary>The status.</summary>
    public static Option<string?> Status { get; } = Among("--status", "ACTIVE, DISABLED, or TEST_MODE: sends only when it is tested");

    /// <summary>Whether any certificate is taken.</summary>
    public static Option<bool?> InsecureTls { get; } = new("--insecure-tls")
    {
        Description = "Take any certificate of the receiver; '--insecure-tls false' checks it again",
    };

    /// <summary>Where the key of signatures is read from.</summary>
    public static Option<string?> SecretFile { get; } = new("--secret-file")
    {
        Description = $"Read the key of the signatures from this file, '-' for standard input; an empty one is none [default: ${SecretVariable}]",
        HelpName = "FILE",
    };

    /// <summary>Where the header <c>Authorization</c> is read from.</summary>
    public static Option<string?> AuthorizationFile { get; } = new("--authorization-file")
    {
        Description = $"Read the header Authorization, e.g. 'Bearer …', from this file, '-' for standard input; an empty one is none [default: ${AuthorizationVariable}]",
        HelpName = "FILE",
    };

    /// <summary>Where to send to, with the secrets; null where nothing is said of it.</summary>
    public static async Task<HttpUrlSpec?> SpecAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (secretFile, authorizationFile) = (parsed.GetValue(SecretFile), parsed.GetValue(AuthorizationFile));
        if (secretFile == "-" && authorizationFile == "-")
        {
            throw new UsageException("Standard input can be one of --secret-file and --authorization-file, not both.");
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
            : throw new UsageException("The file of a secret is shorter.");
    }

    private static Option<string?> Among(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "STATUS" };
        option.AcceptOnlyFromAmong(WebhookStatus.Active, WebhookStatus.Disabled, WebhookStatus.TestMode);
        return option;
    }
}
