using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Reads a profile of <c>~/.databrickscfg</c>: INI sections with <c>host</c> and <c>token</c>, or <c>username</c> and <c>password</c>.</summary>
internal static class DatabricksConfigFile
{
    private const int MaxBytes = 1 << 20;

    public static (string Host, Credentials Credentials) Read(string path, string profile)
    {
        var members = Parse(Text(path), profile)
            ?? throw ProtocolException.Invalid($"The Databricks configuration '{path}' has no profile [{profile}].");
        var host = members.GetValueOrDefault("host")
            ?? throw ProtocolException.Invalid($"Profile [{profile}] of '{path}' has no host.");
        if (members.TryGetValue("token", out var token))
        {
            return (host, Credentials.Bearer(token));
        }

        return members.TryGetValue("username", out var user) && members.TryGetValue("password", out var password)
            ? (host, Credentials.Basic(user, password))
            : throw ProtocolException.Invalid(
                $"Profile [{profile}] of '{path}' has neither a token nor username and password; other ways to sign in are not supported.");
    }

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes
                ? File.ReadAllText(path)
                : throw ProtocolException.Invalid($"The Databricks configuration '{path}' is larger than {MaxBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ProtocolException.Invalid(
                $"The Databricks configuration '{path}' cannot be read: set DATABRICKS_HOST and DATABRICKS_TOKEN, or DATABRICKS_CONFIG_FILE.");
        }
    }

    private static Dictionary<string, string>? Parse(string text, string profile)
    {
        Dictionary<string, string>? members = null;
        var inProfile = false;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                inProfile = line[1..^1].Trim() == profile;
                if (inProfile)
                {
                    members ??= new(StringComparer.OrdinalIgnoreCase);
                }
            }
            else if (inProfile && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && line[(at + 1)..].Trim() is { Length: > 0 } value)
            {
                members![line[..at].Trim()] = value;
            }
        }

        return members;
    }
}
