using System.Globalization;

namespace Dossier.Storage.Access;

/// <summary>Public ids of folders: whole numbers, of which the root's is 0.</summary>
internal static class FolderKey
{
    public const long Root = 0;

    // 18 digits leave room for ids to follow.
    private const int MostDigits = 18;

    public static bool TryParse(string? text, out long id)
    {
        id = 0;
        return text is { Length: > 0 and <= MostDigits } && (text.Length == 1 || text[0] != '0')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
