using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dossier.Core.Identity;

/// <summary>
/// Secrets that a program makes and shows once: 256 random bits behind a prefix that leak scanners know. Nobody can guess one, so what is stored is a
/// plain SHA-256, which a unique index finds; a slow hash would protect nothing here.
/// </summary>
public static class Secret
{
    /// <summary>How tokens begin.</summary>
    public const string TokenPrefix = "dossier_";

    /// <summary>How the secrets of service principals begin.</summary>
    public const string ClientPrefix = "dossier_secret_";

    private const int RandomBytes = 32;
    private const int LongestValue = 100;

    /// <summary>A new secret.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether this can be one at all; what can't need not be looked for.</summary>
    public static bool MayBe(ReadOnlySpan<char> value) => value.Length <= LongestValue && value.StartsWith(TokenPrefix, StringComparison.Ordinal);

    /// <summary>The hash to store for a secret.</summary>
    public static byte[] Hash(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));
}
