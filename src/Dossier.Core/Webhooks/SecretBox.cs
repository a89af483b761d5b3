using System.Security.Cryptography;
using System.Text;

namespace Dossier.Core.Webhooks;

/// <summary>
/// Encrypts secrets for the database, by AES-256-GCM. Each is bound to what it is a secret of: copied to another row it can't be opened.
/// </summary>
/// <param name="key">Returns the key of 32 bytes; may throw if the server has no key.</param>
public sealed class SecretBox(Func<ReadOnlyMemory<byte>> key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Encrypts a text.</summary>
    /// <param name="text">The secret.</param>
    /// <param name="of">What it is a secret of.</param>
    public byte[] Seal(string text, string of)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key().Span, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(of));
        return box;
    }

    /// <summary>Decrypts it.</summary>
    /// <exception cref="CryptographicException">It was sealed with another key, for something else, or was changed.</exception>
    public string Open(byte[] box, string of)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("The sealed secret is too short.");
        }

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key().Span, TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(of));
        return Encoding.UTF8.GetString(plain);
    }
}
