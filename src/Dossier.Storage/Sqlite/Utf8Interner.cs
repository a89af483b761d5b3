using System.Text;

namespace Dossier.Storage.Sqlite;

/// <summary>Usually returns the same string for the same short UTF-8 bytes: a fixed table of recent ones. Not thread-safe.</summary>
internal sealed class Utf8Interner
{
    private const int Slots = 1024;
    private const int LongestKept = 64;
    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > LongestKept)
        {
            return utf8.IsEmpty ? "" : Encoding.UTF8.GetString(utf8);
        }

        // FNV-1a: short, and a bad spread costs speed only.
        var hash = 2166136261u;
        foreach (var value in utf8)
        {
            hash = (hash ^ value) * 16777619u;
        }

        ref var slot = ref _slots[(hash ^ (hash >> 16)) % Slots];
        if (slot.Bytes is null || !utf8.SequenceEqual(slot.Bytes))
        {
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return slot.Text;
    }
}
