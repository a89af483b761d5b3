using System.Runtime.InteropServices;

namespace Dossier.Core.Identity;

/// <summary>256 bits of a hash, as the key of a dictionary: the secret itself stays nowhere.</summary>
/// <param name="High">One half.</param>
/// <param name="Low">The other.</param>
public readonly record struct HashKey(UInt128 High, UInt128 Low)
{
    /// <summary>The key of 32 bytes.</summary>
    public static HashKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<HashKey>(hash);
}
