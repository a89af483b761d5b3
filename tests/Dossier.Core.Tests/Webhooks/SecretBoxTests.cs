using System.Security.Cryptography;
using CsCheck;
using Dossier.Core.Webhooks;

namespace Dossier.Core.Tests.Webhooks;

public sealed class SecretBoxTests
{
    private static readonly SecretBox Box = With(1);

    [Fact]
    public void What_is_sealed_is_opened_and_never_looks_the_same_twice() => Gen.String.Sample(text =>
    {
        // Half a surrogate pair is no text.
        var secret = string.Concat(text.Where(c => !char.IsSurrogate(c)));
        return Box.Open(Box.Seal(secret, "of"), "of") == secret && !Box.Seal(secret, "of").SequenceEqual(Box.Seal(secret, "of"));
    });

    [Fact]
    public void A_secret_is_not_opened_for_another_thing_with_another_key_or_when_it_was_changed()
    {
        var box = Box.Seal("secret", "webhook 1 secret");
        Assert.ThrowsAny<CryptographicException>(() => Box.Open(box, "webhook 2 secret"));
        Assert.ThrowsAny<CryptographicException>(() => With(2).Open(box, "webhook 1 secret"));
        Assert.ThrowsAny<CryptographicException>(() => Box.Open(box[..20], "webhook 1 secret"));
        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => Box.Open(changed, "webhook 1 secret"));
        }
    }

    private static SecretBox With(byte key) => new(() => Enumerable.Repeat(key, 32).ToArray());
}
