using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a shared library (ELF, 64 bits, little endian) and marks one symbol version that it needs as weak: the loader then no longer
/// refuses the library where that version is missing.
/// </summary>
public sealed class WeakenVersionNeed : Task
{
    private const int LoadSegment = 1;
    private const int DynamicSegment = 2;
    private const ulong StringTable = 5;
    private const ulong VersionNeeds = 0x6ffffffe;
    private const byte WeakFlag = 2;

    /// <summary>The library as its package has it; never written to.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>Our own copy.</summary>
    [Required]
    public string Destination { get; set; }

    /// <summary>The version, e.g. <c>GLIBCXX_3.4.32</c>.</summary>
    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        var file = File.ReadAllBytes(Source);
        if (!Weaken(file))
        {
            Log.LogError("{0} needs no version {1}: the step that makes it load on older systems does not fit this package any more.", Source, Version);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination, file);
        return true;
    }

    private bool Weaken(byte[] file)
    {
        ulong needs = 0, strings = 0;
        var dynamic = Segment(file, DynamicSegment);
        for (var entry = dynamic; BitConverter.ToUInt64(file, entry) is var tag && tag != 0; entry += 16)
        {
            var value = BitConverter.ToUInt64(file, entry + 8);
            needs = tag == VersionNeeds ? value : needs;
            strings = tag == StringTable ? value : strings;
        }

        if (needs == 0 || strings == 0)
        {
            return false;
        }

        // Verneed: version, count, file, first aux, next. Vernaux: hash, flags, other, name, next. Offsets are relative to the record.
        var names = Offset(file, strings);
        var library = Offset(file, needs);
        while (true)
        {
            var version = library + BitConverter.ToInt32(file, library + 8);
            while (true)
            {
                if (Text(file, names + BitConverter.ToInt32(file, version + 8)) == Version)
                {
                    file[version + 4] |= WeakFlag;
                    return true;
                }

                var next = BitConverter.ToInt32(file, version + 12);
                if (next == 0)
                {
                    break;
                }

                version += next;
            }

            var following = BitConverter.ToInt32(file, library + 12);
            if (following == 0)
            {
                return false;
            }

            library += following;
        }
    }

    private static int Segment(byte[] file, int kind)
    {
        for (var index = 0; index < BitConverter.ToUInt16(file, 56); index++)
        {
            var header = Header(file, index);
            if (BitConverter.ToInt32(file, header) == kind)
            {
                return checked((int)BitConverter.ToUInt64(file, header + 8));
            }
        }

        throw new InvalidDataException("No dynamic segment: not a shared library.");
    }

    private static int Offset(byte[] file, ulong address)
    {
        for (var index = 0; index < BitConverter.ToUInt16(file, 56); index++)
        {
            var header = Header(file, index);
            var start = BitConverter.ToUInt64(file, header + 16);
            if (BitConverter.ToInt32(file, header) == LoadSegment && address >= start && address < start + BitConverter.ToUInt64(file, header + 32))
            {
                return checked((int)(address - start + BitConverter.ToUInt64(file, header + 8)));
            }
        }

        throw new InvalidDataException("An address lies in no segment.");
    }

    private static int Header(byte[] file, int index) =>
        checked((int)BitConverter.ToUInt64(file, 32)) + index * BitConverter.ToUInt16(file, 54);

    private static string Text(byte[] file, int offset) =>
        Encoding.ASCII.GetString(file, offset, Array.IndexOf(file, (byte)0, offset) - offset);
}
