using System.Text.RegularExpressions;

namespace Dossier.Core.Secrets;

/// <summary>
/// Decides by the name of a param or tag whether its value is probably a secret: a password, an access token, an account key. Not secrets are
/// tokens of texts (<c>max_tokens</c>, <c>eos_token</c>), and properties of a secret (<c>password_length</c>, <c>token_url</c>).
/// </summary>
public static partial class SecretNames
{
    // Secret wherever they stand, unless the name ends in one of Traits.
    private static readonly HashSet<string> Secrets = new(StringComparer.Ordinal)
    {
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "credential", "credentials", "creds",
        "apikey", "apikeys", "accesskey", "secretkey", "privatekey", "accesstoken", "authtoken", "bearer", "authorization", "jwt", "cookie",
    };

    // Secret as neighbours: the first word, and what may come before it.
    private static readonly Dictionary<string, HashSet<string>> Pairs = new(StringComparer.Ordinal)
    {
        ["key"] = ["api", "access", "private", "encryption", "decryption", "signing", "account", "storage", "shared", "master", "ssh", "auth", "session", "subscription"],
        ["keys"] = ["api", "access", "private"],
        ["tokens"] = ["access", "auth", "api", "refresh", "bearer"],
        ["string"] = ["connection"],
        ["pat"] = ["github", "gitlab", "databricks", "azure"],
    };

    // Endings of names of properties of a secret.
    private static readonly HashSet<string> Traits = new(StringComparer.Ordinal)
    {
        "name", "file", "filename", "path", "dir", "type", "length", "len", "count", "size", "ttl", "expiry", "expiration", "expires", "url", "uri",
        "endpoint", "version", "required", "enabled", "policy", "min", "max", "scope", "provider",
    };

    // Tokens of texts, images and sounds.
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "pad", "padding", "eos", "bos", "sep", "cls", "mask", "masked", "unk", "unknown", "start", "end", "stop", "eot", "eod", "eom", "boi", "eoi",
        "special", "added", "extra", "additional", "first", "last", "next", "per", "max", "min", "num", "begin", "forced", "suppress", "decoder",
        "image", "img", "audio", "video", "vision", "visual", "patch", "text", "word", "subword", "byte", "char", "space", "blank", "newline",
        "class", "source", "target", "prompt", "language", "lang", "task", "sentinel", "delimiter", "separator", "placeholder", "initializer",
        "instance", "concept", "trigger", "timestamp", "query", "memory", "register", "latent", "time", "by",
    };

    /// <summary>Whether a value of this name must not be shown.</summary>
    public static bool Has(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = Words().Matches(name).Select(static word => word.Value.ToLowerInvariant()).ToList();
        if (words.Count == 0 || Traits.Contains(words[^1]))
        {
            return false;
        }

        for (var index = 0; index < words.Count; index++)
        {
            if (Secrets.Contains(words[index]) || (index > 0 && Pairs.TryGetValue(words[index], out var before) && before.Contains(words[index - 1])))
            {
                return true;
            }
        }

        return IsToken(words);
    }

    /// <summary>The placeholder for a value of this name, e.g. <c>&lt;HUB_TOKEN&gt;</c>.</summary>
    public static string Mask(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"<{name.ToUpperInvariant()}>";
    }

    /// <summary>The value, or its placeholder if it is probably a secret.</summary>
    public static string? Hide(string name, string? value) => value is not null && Has(name) ? Mask(name) : value;

    // "hub_token" and "token" sign in somewhere; "eos_token" and "num_tokens" do not, nor does "token_id".
    private static bool IsToken(List<string> words)
    {
        var last = words[^1] is "value" && words.Count > 1 ? words.Count - 2 : words.Count - 1;
        return words[last] == "token" && (last == 0 || !Kinds.Contains(words[last - 1]));
    }

    // "hubToken" and "APIKey" have two words, as "hub_token" and "api-key" have.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+")]
    private static partial Regex Words();
}
