using System.Security.Cryptography;
using System.Text;

namespace Dossier.Vision.Data;

/// <summary>A fingerprint of pictures: of names, labels, splits and contents, whatever their order and place on disk.</summary>
internal static class PictureDigest
{
    /// <summary>32 hexadecimal digits: the record takes 36 characters.</summary>
    public static string Of(IEnumerable<Picture> pictures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var picture in pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal).ThenBy(picture => picture.Sha256, StringComparer.Ordinal))
        {
            foreach (var field in (string?[])[picture.Name, picture.Label, picture.Detail, picture.Split, picture.Sha256])
            {
                // Each with its length, so that no two lists of fields are the same bytes.
                hash.AppendData(Encoding.UTF8.GetBytes(field is null ? "-;" : $"{field.Length};{field}"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
