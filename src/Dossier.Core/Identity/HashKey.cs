using System.Runtime.InteropServices;

namespace Dossier.Core.Identity;

/// <summary>256 bits of a hash, as the key of a dictionary: the secret itself stays nowhere.</summary>
internal readonly record struct HashKey(UInt128 High, UInt128 Low)
{
    public static HashKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<HashKey>(hash);
}
